import { newId, type MemberRole } from '#database';
import type { TestDatabase } from '#database/testing';
import { asSuperuser } from '../as-superuser.js';
import { Furniture } from '../furniture.js';
import { addMember } from '../members.js';
import { deliveries } from '../outbox.js';
import { register, type RegisteredPerson, type RunningApi } from '../running-api.js';
import type { Actor } from './requests.js';

/** One in so many ids of what is there is of something new: requests delete and end what they find. */
const NEW_EACH = 3;
const REMEMBERED = 12;
const SAME_COLLECTION: Readonly<Record<string, string>> = { repositories: 'agent-repositories' };

/** An organization with one actor of each kind, and with things in it that requests may name. */
export class Actors {
  readonly #tokens = new Map<Actor, string>();
  readonly #known = new Map<string, string[]>();
  readonly #makers: Readonly<Record<string, () => Promise<string>>>;
  #turn = 0;

  private constructor(
    private readonly api: RunningApi,
    private readonly database: TestDatabase,
    /** Whose address and password requests may name. */
    private readonly person: RegisteredPerson,
    /** Made by somebody whom no request can name: their session lasts. */
    private readonly furniture: Furniture,
  ) {
    this.#makers = { ...furniture.makers(), users: this.furniture.member, subjects: this.furniture.agent, actors: this.furniture.member };
  }

  static async make(api: RunningApi, database: TestDatabase): Promise<Actors> {
    const furniture = new Furniture(api, database, await register(api, 'Host'));
    const actors = new Actors(api, database, await register(api, 'Ada'), furniture);
    actors.learn('organizations', (await register(api, 'Bob')).orgId);
    return actors;
  }

  /** The token that an actor sends now; anew, where requests have ended their session or taken them out of the organization. */
  async token(actor: Actor, isSpent = false): Promise<string | undefined> {
    if (actor === 'nobody') return undefined;
    const token = isSpent ? undefined : this.#tokens.get(actor);
    if (token !== undefined) return token;
    const made = actor === 'key' ? await this.#key() : await this.#signedIn(actor);
    this.#tokens.set(actor, made);
    return made;
  }

  /** Something of a kind that is there, or was: an id, or a secret by the name of its property. */
  async known(name: string): Promise<string> {
    if (name === 'password' || name === 'currentPassword') return this.person.password;
    if (name === 'email') return this.person.email;
    if (name === 'refreshToken') return (await this.furniture.signIn()).refreshToken;
    if (name === 'token') return this.#next((await deliveries(this.api.home)).flatMap(({ token }) => token ?? []).slice(-4)) ?? newId();
    const collection = SAME_COLLECTION[name] ?? name;
    const ids = this.#known.get(collection) ?? [];
    const make = this.#makers[collection];
    if (make !== undefined && (ids.length === 0 || this.#turn % NEW_EACH === 0)) this.learn(collection, await make());
    return this.#next(this.#known.get(collection) ?? []) ?? newId();
  }

  /** Remembers what a request has made. */
  learn(collection: string, id: string): void {
    this.#known.set(collection, [id, ...(this.#known.get(collection) ?? []).slice(0, REMEMBERED)]);
  }

  #next(values: readonly string[]): string | undefined {
    this.#turn += 1;
    return values[this.#turn % Math.max(values.length, 1)];
  }

  async #signedIn(actor: Exclude<Actor, 'key' | 'nobody'>): Promise<string> {
    const role: MemberRole = actor === 'owner' ? 'OWNER' : 'VIEWER';
    const { token, userId } = await addMember(this.database, this.api, this.furniture.person.orgId, role);
    if (actor === 'root') await asSuperuser(this.database, `update app."user" set system_role = 'SYSTEM_ADMIN' where id = $1`, [userId]);
    if (actor === 'owner') await this.#giveAPassword(userId);
    return token;
  }

  /** The registered person's own, so that what asks for it can succeed. */
  async #giveAPassword(userId: string): Promise<void> {
    const text = 'insert into app.user_credential (user_id, password_hash) select $1, password_hash from app.user_credential where user_id = $2';
    await asSuperuser(this.database, text, [userId, this.person.userId]);
  }

  async #key(): Promise<string> {
    const permissions = await asSuperuser<{ key: string }>(this.database, 'select key from app.permission');
    const json = { name: newId(), scopes: permissions.map(({ key }) => key) };
    const { body, text } = await this.api.call('POST', '/v1/api-keys', { token: this.furniture.person.token, json });
    if (typeof body['key'] !== 'string') throw new Error(`No key was made: ${text}`);
    return body['key'];
  }
}
