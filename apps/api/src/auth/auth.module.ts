import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { IdentityModule } from '#identity';
import { AccessDeclarations } from './access-declarations.js';
import { AccessWatch } from './access-watch.js';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';

/** Who is calling: signing in, the guard before every handler, and the watch over answers that last. */
@Module({
  imports: [DiscoveryModule, IdentityModule],
  controllers: [AuthController],
  providers: [AccessDeclarations, AccessWatch, { provide: APP_GUARD, useClass: AuthGuard }],
  exports: [AccessWatch],
})
export class AuthModule {}
