import type { ClientConfig } from 'pg';
import type pg from 'pg';
import type { DatabaseIdentity } from '../../backup/database-identity.js';
import type { Mend } from '../diagnosis.js';

/** What a login is for. `direct` is the owner (or the service) past a pooler, `further` another database of the operator's. */
export type LoginUse = 'login' | 'privileged' | 'queue' | 'owner' | 'direct' | 'scratch' | 'administrator' | 'further';

/** A login that a setting names. */
export interface DeclaredLogin {
  readonly variable: string;
  readonly use: LoginUse;
  readonly url: string;
}

/** What the server says of itself and of the connection. */
export interface ServerFacts {
  /** As `server_version_num`: 180001. */
  readonly versionNumber: number;
  readonly version: string;
  /** Who logged in. */
  readonly role: string;
  readonly superuser: boolean;
  readonly standby: boolean;
  /** When this PostgreSQL was started: with the cluster's number it tells servers apart that were copied from one another. */
  readonly started: string;
  /** How the last hop to PostgreSQL is encrypted, as pg_stat_ssl has it; null where it is not. */
  readonly tls: { readonly version: string; readonly cipher: string } | null;
  readonly identity: DatabaseIdentity;
}

/** A connection that stands. */
export interface ReachedLogin extends DeclaredLogin {
  readonly state: 'reached';
  readonly client: pg.Client;
  readonly connection: ClientConfig;
  readonly facts: ServerFacts;
  /** The shortest of some, in milliseconds. */
  readonly roundTripMs: number;
  /** How this machine's end of the connection is encrypted. */
  readonly encryption: 'socket' | 'plain' | 'unproven' | 'verified';
}

/** A connection that there is none of. `refused` is an answer, `unreached` is none, `unusable` was not tried since its setting is wrong. */
export interface UnreachedLogin extends DeclaredLogin {
  readonly state: 'refused' | 'unreached' | 'unusable';
  readonly reason: string;
  readonly mend?: Mend;
}

export type Login = ReachedLogin | UnreachedLogin;

/** The major version: 18. */
export function majorOf({ facts }: Pick<ReachedLogin, 'facts'>): number {
  return Math.floor(facts.versionNumber / 10_000);
}
