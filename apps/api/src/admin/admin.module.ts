import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { AdminOrganizationsController } from './admin-organizations.controller.js';
import { AdminUsersController } from './admin-users.controller.js';

/** What those may do who run the platform: apart from everything that an organization's members reach. */
@Module({ imports: [IdentityModule], controllers: [AdminOrganizationsController, AdminUsersController] })
export class AdminModule {}
