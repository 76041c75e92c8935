import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { IdentityModule } from '#identity';
import { AccessDeclarations } from './access-declarations.js';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';

/** Who is calling: signing in, and the guard before every handler. */
@Module({
  imports: [DiscoveryModule, IdentityModule],
  controllers: [AuthController],
  providers: [AccessDeclarations, { provide: APP_GUARD, useClass: AuthGuard }],
})
export class AuthModule {}
