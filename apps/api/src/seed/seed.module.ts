import { Module } from '@nestjs/common';
import { AgentsModule } from '#agents';
import { IdentityModule } from '#identity';
import { DevelopmentSeed } from './development-seed.js';

/** Development data; does nothing in production (see DevelopmentSeed). */
@Module({ imports: [IdentityModule, AgentsModule], providers: [DevelopmentSeed] })
export class SeedModule {}
