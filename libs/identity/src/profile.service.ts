import { Injectable } from '@nestjs/common';
import { TenantConnection } from '#database';
import { SessionEndedError } from './errors.js';
import { findProfile, type ProfileRow } from './persistence/profiles.js';

/** Tells a signed-in person who they are. */
@Injectable()
export class ProfileService {
  constructor(private readonly db: TenantConnection) {}

  /** The person and their membership in the current organization. @throws SessionEndedError once either has ended. */
  async profile(userId: string): Promise<ProfileRow> {
    const row = await findProfile(this.db, userId);
    if (row === undefined) throw new SessionEndedError();
    return row;
  }
}
