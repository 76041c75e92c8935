import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { IdentityModule } from '#identity';
import { AuthController } from './auth.controller.js';
import { AuthGuard } from './auth.guard.js';

/** Who is calling: signing in, and the guard before every handler. */
@Module({
  imports: [IdentityModule],
  controllers: [AuthController],
  providers: [{ provide: APP_GUARD, useClass: AuthGuard }],
})
export class AuthModule {}
