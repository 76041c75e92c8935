import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { AuditLogController } from './audit-log.controller.js';

@Module({ imports: [IdentityModule], controllers: [AuditLogController] })
export class AuditLogModule {}
