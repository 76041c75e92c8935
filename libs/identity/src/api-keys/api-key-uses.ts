import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { createLogger, Database } from '#database';
import { recordKeyUses } from '../persistence/api-keys.js';

const WRITE_EVERY_MS = 60_000;
/** Some 200 bytes each; what is used beyond these is noted by its next use in the minute after. */
const MOST_KEYS = 50_000;

const log = createLogger('api-keys');

/** Remembers when keys were presented, and writes it once a minute and at the end: a request costs no write. */
@Injectable()
export class ApiKeyUses implements OnModuleInit, OnModuleDestroy, BeforeApplicationShutdown {
  #uses = new Map<string, { readonly orgId: string; readonly at: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {}

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.flush(), WRITE_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** After the last request was answered and before the database is closed. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** The key was presented just now. */
  note(orgId: string, keyId: string): void {
    if (this.#uses.size < MOST_KEYS || this.#uses.has(keyId)) this.#uses.set(keyId, { orgId, at: Date.now() });
  }

  /** Writes what was noted since the last time, one statement for each organization. What cannot be written is logged and given up. */
  async flush(): Promise<void> {
    const uses = this.#uses;
    this.#uses = new Map();
    const byOrganization = new Map<string, { keyId: string; at: Date }[]>();
    for (const [keyId, { orgId, at }] of uses) {
      const ofOrganization = byOrganization.get(orgId) ?? [];
      ofOrganization.push({ keyId, at: new Date(at) });
      byOrganization.set(orgId, ofOrganization);
    }
    for (const [orgId, ofOrganization] of byOrganization) {
      try {
        await recordKeyUses(this.database.tenant(orgId), ofOrganization);
      } catch (error) {
        log.warn({ err: error, orgId, keys: ofOrganization.length }, 'the last use of API keys could not be noted');
      }
    }
  }
}
