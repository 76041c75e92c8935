import pg from 'pg';
import { joinEmbeddedServer, type EmbeddedServer } from '../../../embedded/index.js';
import { makeSpecHome } from '../../../embedded/spec-home.js';
import { runMigrations } from '../../../migrations/run.js';
import type { Diagnosis } from '../diagnosis.js';
import { examine, type ExamineOptions } from '../examine.js';
import type { CheckedDiagnosis, DoctorReport } from '../report.js';

type Values = Readonly<Record<string, string | undefined>>;

/** A PostgreSQL of a spec's own, with roles and a migrated database: what is done to it meets nobody else. */
export class Patient {
  private constructor(
    private readonly server: EmbeddedServer,
    private readonly remove: () => Promise<void>,
    /** The superuser, in the database. */
    readonly admin: pg.Client,
  ) {}

  static async admit(): Promise<Patient> {
    const home = await makeSpecHome();
    const server = await joinEmbeddedServer({ home: home.home.folder, durability: 'test', graceMs: 1 });
    await runMigrations(server.urls.owner);
    const admin = new pg.Client({ connectionString: server.urls.admin });
    admin.on('error', () => undefined);
    await admin.connect();
    return new Patient(server, () => home.remove(), admin);
  }

  get urls(): EmbeddedServer['urls'] {
    return this.server.urls;
  }

  /** The settings that a healthy installation has. */
  get env(): Record<string, string | undefined> {
    const { login, privileged, queue, owner } = this.urls;
    return { NODE_ENV: 'test', DATABASE_URL: login, DATABASE_PRIVILEGED_URL: privileged, DATABASE_QUEUE_URL: queue, DATABASE_OWNER_URL: owner };
  }

  /** A look with these settings in the place of the healthy ones. */
  async examine(values: Values = {}, options: Partial<ExamineOptions> = {}): Promise<DoctorReport> {
    const env = { ...this.env, ...values };
    return examine({ sources: sourcesOf(env), timeoutMs: 5_000, ...options });
  }

  /** Runs a mend that is a statement, as the superuser, in the database that it names. */
  async run({ mend }: Pick<Diagnosis, 'mend'>): Promise<void> {
    if (mend?.how !== 'sql') throw new Error('This is mended by no statement.');
    for (const statement of mend.sql.split(';\n')) await this.admin.query(statement);
  }

  async discharge(): Promise<void> {
    await this.admin.end();
    await this.server.release();
    await this.remove();
  }
}

/** As if all of it stood in the environment. */
export function sourcesOf(env: Values): ExamineOptions['sources'] {
  return { env, fromEnvironment: new Set(Object.keys(env)), file: { path: '.env', lines: new Map() }, fromEmbedded: new Set() };
}

/** What is not as it should be. */
export function complaints({ diagnoses }: DoctorReport): CheckedDiagnosis[] {
  return diagnoses.filter(({ outcome }) => outcome !== 'ok');
}
