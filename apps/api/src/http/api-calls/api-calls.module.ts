import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { currentContext, Database, RequestRecordsConfig, type RequestContext } from '#database';
import { ApiCallWriter, insertApiCalls } from '#service';
import { isProbe } from '../probes.js';
import { ApiCallsController } from './api-calls.controller.js';
import { recordOf } from './record-of.js';

/** The record of each authenticated request, written in batches and off its path, and read by whoever may read the audit log. */
@Module({
  controllers: [ApiCallsController],
  providers: [
    {
      provide: ApiCallWriter,
      inject: [Database],
      useFactory: (database: Database) => new ApiCallWriter((orgId, records) => insertApiCalls(database.tenant(orgId), records)),
    },
  ],
})
export class ApiCallsModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly writer: ApiCallWriter,
    private readonly config: RequestRecordsConfig,
  ) {}

  onModuleInit(): void {
    if (this.config.apiCallRetentionDays === 0) return;
    const server = this.host.httpAdapter.getInstance();
    const contexts = new WeakMap<FastifyRequest, RequestContext>();
    server.addHook('onRequest', (request, _reply, done) => {
      const context = currentContext();
      if (context !== undefined && !isProbe(request)) contexts.set(request, context);
      done();
    });
    server.addHook('onResponse', (request, reply, done) => {
      const record = recordOf(request, reply, contexts.get(request)?.principal);
      if (record !== undefined) this.writer.add(record);
      done();
    });
  }

  /** The requests have ended by now, and the database is still open. */
  async onApplicationShutdown(): Promise<void> {
    await this.writer.close();
  }
}
