import { Injectable } from '@nestjs/common';
import { TenantConnection, writeAudit } from '#database';
import { SessionEndedError } from './errors.js';
import { setName } from './persistence/accounts.js';
import { findProfile, type ProfileRow } from './persistence/profiles.js';

/** Tells a signed-in person who they are, and lets them say what they are called. */
@Injectable()
export class ProfileService {
  constructor(private readonly db: TenantConnection) {}

  /** The person and their membership in the current organization. @throws SessionEndedError once either has ended. */
  async profile(userId: string): Promise<ProfileRow> {
    const row = await findProfile(this.db, userId);
    if (row === undefined) throw new SessionEndedError();
    return row;
  }

  /** Changes what the person is called, in every organization. @throws SessionEndedError */
  async rename(userId: string, name: string): Promise<ProfileRow> {
    await this.db.transaction(async (tx) => {
      await setName(tx, userId, name);
      await writeAudit(tx, { action: 'user.renamed', subjectType: 'user', subjectId: userId, changes: { name } });
    });
    return await this.profile(userId);
  }
}
