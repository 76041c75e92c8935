import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { MyOrganizationsController } from './my-organizations.controller.js';
import { SessionsController } from './sessions.controller.js';

@Module({ imports: [IdentityModule], controllers: [SessionsController, MyOrganizationsController] })
export class SessionsModule {}
