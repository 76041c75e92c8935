import { InvalidJobDefinitionError } from '../errors.js';
import { parserOf, type EmptyShape, type PayloadOfShape, type PayloadShape } from './payload.js';

/** How long a failed job waits: a random time up to `baseMs × 2^(attempt - 1)`, never above `maxMs` ("full jitter"). */
export interface Backoff {
  readonly baseMs: number;
  readonly maxMs: number;
}

/** When a system job runs by itself. */
export interface JobSchedule {
  /** A cron expression with five fields (minutes) or six (seconds first). */
  readonly cron: string;
  /** An IANA time zone. */
  readonly timeZone: string;
}

/** What the jobs of both scopes say about themselves. */
export interface JobRules {
  /** Runs that may be started, the first included, before the job is DEAD. A run whose worker vanished counts. */
  readonly maxAttempts: number;
  /** How long one run may take before its signal is aborted and it counts as failed, in milliseconds. */
  readonly timeoutMs: number;
  readonly backoff: Backoff;
  /** How many jobs of this kind run at once, over all workers and organizations; null: as many as there are slots. */
  readonly concurrency: number | null;
}

/** A kind of job that belongs to one organization. Made by `defineJob` only. */
export interface JobDefinition<K extends string = string, P extends object = object> extends JobRules {
  readonly scope: 'organization';
  readonly kind: K;
  /** Turns stored JSON into the payload. What it throws sends the job to DEAD at once: trying again would not mend it. */
  parse(stored: unknown): P;
  /** How many jobs of this kind one organization runs at once, over all workers; null: only the worker's share limits it. */
  readonly concurrencyPerOrganization: number | null;
  /** The dedupe key of a payload where `enqueue` is given none; undefined: every job stands alone. */
  dedupe?(payload: P): string;
}

/** A kind of job of the system itself: no organization, unrestricted connection, optionally on a schedule. Made by `defineSystemJob` only. */
export interface SystemJobDefinition<K extends string = string, P extends object = object> extends JobRules {
  readonly scope: 'system';
  readonly kind: K;
  parse(stored: unknown): P;
  readonly schedule: JobSchedule | null;
}

export type AnyJobDefinition = JobDefinition | SystemJobDefinition;
export type PayloadOf<D extends AnyJobDefinition> = ReturnType<D['parse']>;

/** What `defineJob` takes; each property is described on `JobDefinition`. */
export interface JobOptions<K extends string, S extends PayloadShape> extends Partial<JobRules> {
  readonly kind: K;
  /** A check per property, `{ repositoryId: uuid }`, or a function from stored JSON to the payload. */
  readonly payload: S;
  readonly concurrencyPerOrganization?: number | null;
  readonly dedupe?: (payload: PayloadOfShape<NoInfer<S>>) => string;
}

/** What `defineSystemJob` takes; without `payload` it is empty. A scheduled job runs with an empty one. */
export type SystemJobOptions<K extends string, S extends PayloadShape> = Partial<JobRules> & { readonly kind: K } & (
    { readonly payload: S; readonly schedule?: undefined } | { readonly payload?: undefined; readonly schedule?: JobSchedule }
  );

const KIND = /^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/;
const MAX_KIND_LENGTH = 100;
const DEFAULT_RULES: JobRules = { maxAttempts: 5, timeoutMs: 60_000, backoff: { baseMs: 1_000, maxMs: 3_600_000 }, concurrency: null };

/**
 * Defines a kind of job of an organization. Defaults: 5 attempts, 60,000 ms a run, back-off from 1 s up to 1 h, no limit
 * but the worker's share of an organization.
 * @throws InvalidJobDefinitionError for a kind that is not lower-case words joined by dots, or a number below 1.
 */
export function defineJob<const K extends string, const S extends PayloadShape>({
  payload,
  ...options
}: JobOptions<K, S>): JobDefinition<K, PayloadOfShape<S>> {
  const definition: JobDefinition<K, PayloadOfShape<S>> = {
    ...DEFAULT_RULES,
    concurrencyPerOrganization: null,
    ...options,
    parse: parserOf(payload),
    scope: 'organization',
  };
  checkRules(definition);
  checkCount(definition.kind, 'concurrencyPerOrganization', definition.concurrencyPerOrganization);
  return Object.freeze(definition);
}

/** Defines a kind of job of the system. Defaults and errors as `defineJob`. */
export function defineSystemJob<const K extends string, const S extends PayloadShape = EmptyShape>(
  options: SystemJobOptions<K, S>,
): SystemJobDefinition<K, PayloadOfShape<S>> {
  const { payload, ...rest } = options;
  const parse = parserOf<S | EmptyShape>(payload ?? {}) as (stored: unknown) => PayloadOfShape<S>;
  const definition: SystemJobDefinition<K, PayloadOfShape<S>> = { ...DEFAULT_RULES, ...rest, schedule: rest.schedule ?? null, parse, scope: 'system' };
  checkRules(definition);
  return Object.freeze(definition);
}

function checkRules(definition: AnyJobDefinition): void {
  const { kind, backoff } = definition;
  if (!KIND.test(kind) || kind.length > MAX_KIND_LENGTH)
    throw new InvalidJobDefinitionError(kind, 'kind', 'lower-case words joined by ".", "_" or "-", at most 100 characters');
  checkCount(kind, 'maxAttempts', definition.maxAttempts);
  checkCount(kind, 'timeoutMs', definition.timeoutMs);
  checkCount(kind, 'concurrency', definition.concurrency);
  if (!(backoff.baseMs >= 0 && backoff.maxMs >= backoff.baseMs)) throw new InvalidJobDefinitionError(kind, 'backoff', 'baseMs from 0 up, maxMs not below it');
}

function checkCount(kind: string, property: string, value: number | null): void {
  if (value !== null && !(Number.isInteger(value) && value >= 1)) throw new InvalidJobDefinitionError(kind, property, 'a whole number from 1 up');
}
