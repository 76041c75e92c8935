import { Module } from '@nestjs/common';
import { RepositorySyncService } from './sync/repository-sync.service.js';

/** Reading agent repositories: for the worker. Needs the configuration areas GitConfig and EncryptionConfig, and `git` on this machine. */
@Module({ providers: [RepositorySyncService], exports: [RepositorySyncService] })
export class RepositorySyncModule {}
