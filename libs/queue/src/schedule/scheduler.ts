import { newId, type Logger, type Sql } from '#database';
import type { JobSchedule, SystemJobDefinition } from '../catalogue/define-job.js';
import { latestTick, nextTick } from './ticks.js';

const REGISTER = `
insert into app.job_schedule (kind, cron, time_zone, last_run_at) values (:kind, :cron, :timeZone, now())
on conflict (kind) do update set cron = excluded.cron, time_zone = excluded.time_zone
returning last_run_at`;

/** The row moves to a tick only once, whoever asks: that worker's statement adds the job. One that still waits counts for this tick too. */
const FIRE = `
with moved as (
  update app.job_schedule set last_run_at = :tick::timestamptz where kind = :kind and (last_run_at is null or last_run_at < :tick::timestamptz) returning kind
)
insert into app.system_job (id, kind, payload, dedupe_key, max_attempts)
select :id::uuid, kind, '{}'::jsonb, 'schedule', :maxAttempts::int from moved
on conflict (kind, dedupe_key) where state = 'READY' and dedupe_key is not null do nothing`;

const LONGEST_TIMER_MS = 30_000;
const RETRY_MS = 1_000;

type Scheduled = SystemJobDefinition & { readonly schedule: JobSchedule };

/**
 * Adds the system jobs that are due by their schedules, exactly one per tick over all workers. Ticks missed while no worker
 * ran become one.
 */
export class Scheduler {
  readonly #definitions: readonly Scheduled[];
  readonly #lastRuns = new Map<string, Date>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;

  constructor(
    private readonly sql: Sql,
    definitions: readonly SystemJobDefinition[],
    private readonly logger: Logger,
  ) {
    this.#definitions = definitions.filter((definition): definition is Scheduled => definition.schedule !== null);
  }

  start(): void {
    this.#stopped = false;
    if (this.#definitions.length > 0) void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    let delayMs: number;
    try {
      for (const definition of this.#definitions) await this.#fire(definition);
      delayMs = this.#untilNext();
    } catch (error) {
      this.logger.warn({ err: error, delayMs: RETRY_MS }, 'schedules could not be looked at; trying again');
      delayMs = RETRY_MS;
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#look(), delayMs);
  }

  async #fire({ kind, schedule, maxAttempts }: Scheduled): Promise<void> {
    const lastRun = this.#lastRuns.get(kind) ?? (await this.#register(kind, schedule));
    const tick = latestTick(schedule, lastRun, new Date());
    if (tick !== null) await this.sql.execute(FIRE, { kind, tick: tick.toISOString(), id: newId(), maxAttempts });
    this.#lastRuns.set(kind, tick ?? lastRun);
  }

  async #register(kind: string, { cron, timeZone }: JobSchedule): Promise<Date> {
    const [row] = await this.sql.query<{ last_run_at: Date | null }>(REGISTER, { kind, cron, timeZone });
    return row?.last_run_at ?? new Date();
  }

  #untilNext(): number {
    const now = new Date();
    const waits = this.#definitions.map(({ schedule }) => (nextTick(schedule, now)?.getTime() ?? Infinity) - now.getTime());
    return Math.max(1, Math.min(LONGEST_TIMER_MS, ...waits));
  }
}
