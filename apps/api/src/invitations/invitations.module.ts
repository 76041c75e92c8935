import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { InvitationsController } from './invitations.controller.js';

@Module({ imports: [IdentityModule], controllers: [InvitationsController] })
export class InvitationsModule {}
