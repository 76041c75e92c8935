import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { OrganizationController } from './organization.controller.js';
import { OrganizationsController } from './organizations.controller.js';

@Module({ imports: [IdentityModule], controllers: [OrganizationController, OrganizationsController] })
export class OrganizationModule {}
