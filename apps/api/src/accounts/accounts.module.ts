import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { MyAccountController } from './my-account.controller.js';
import { RecoveryController } from './recovery.controller.js';
import { RegistrationController } from './registration.controller.js';

/** Accounts: getting one, getting back into it, and changing it. */
@Module({ imports: [IdentityModule], controllers: [RegistrationController, RecoveryController, MyAccountController] })
export class AccountsModule {}
