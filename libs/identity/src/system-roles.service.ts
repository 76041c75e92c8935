import { Injectable } from '@nestjs/common';
import { AuthConnection } from '#database';
import { findSystemRole } from './persistence/system-roles.js';

/** Tells who runs the platform. A token does not say it: it would go on saying so after the right was taken away. */
@Injectable()
export class SystemRoles {
  constructor(private readonly auth: AuthConnection) {}

  /** Whether the person is active and a SYSTEM_ADMIN at this moment. */
  async isSystemAdmin(userId: string): Promise<boolean> {
    return (await findSystemRole(this.auth, userId)) === 'SYSTEM_ADMIN';
  }
}
