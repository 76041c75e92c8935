import { Injectable } from '@nestjs/common';
import { AuthConnection, UnrestrictedConnection, type Sql } from '#database';
import { findReferences, type Reference } from '../persistence/references.js';
import { deleteUser, lockLastOwnerships, lockUser, makeOwner } from '../persistence/system-admin.js';
import { clearReferences, countForgetting, countGoing, countProofs, giveRows, organizationsWithout } from '../persistence/user-removal.js';
import { DeletionUndecidedError, KeeperNotMemberError, KeeperUnfitError, UserUnknownError } from './errors.js';
import type { RemovalPreview } from './removal-preview.js';
import { recorded, refuseOwnAccount, type SystemUse } from './system-use.js';

/** What is to become of what a user made: somebody gets it, or it goes with them. */
export type RemovalDecision = { readonly giveTo: string } | { readonly lose: true };

/** Deletes users for good, with all that goes with them. */
@Injectable()
export class UserRemovalService {
  constructor(
    private readonly unrestricted: UnrestrictedConnection,
    private readonly auth: AuthConnection,
  ) {}

  /**
   * Deletes a user, and returns what went with them. What is counted and what is let go of follows from the foreign keys that the
   * database has at this moment.
   *
   * `giveTo` first gives what would go and only remembers the user (repositories, runs, answers) to somebody who belongs to the same
   * organizations; where the user was the last OWNER, that person becomes one. `lose` loses it, and may leave organizations without
   * an OWNER: the preview lists them.
   * @throws UserUnknownError, OwnAccountError; DeletionUndecidedError without a decision; KeeperUnfitError, KeeperNotMemberError
   */
  async delete(use: SystemUse, userId: string, decision: RemovalDecision | undefined): Promise<RemovalPreview> {
    refuseOwnAccount(use, userId);
    const proofs = await this.#proofs(use, userId);
    return this.unrestricted.run(recorded(use, `${decision === undefined ? 'preview the deletion of' : 'delete'} user ${userId}`), async (sql) => {
      if ((await lockUser(sql, userId)) === undefined) throw new UserUnknownError(userId);
      const references = await findReferences(sql);
      const ownerless = await lockLastOwnerships(sql, userId);
      if (decision !== undefined && 'giveTo' in decision) {
        await give(
          sql,
          references,
          userId,
          decision.giveTo,
          ownerless.map(({ id }) => id),
        );
      }
      const preview = await previewOf(sql, references, userId, proofs, decision !== undefined && 'giveTo' in decision ? [] : ownerless);
      if (decision === undefined) throw new DeletionUndecidedError(preview);
      await clearReferences(sql, references, userId);
      await deleteUser(sql, userId);
      return preview;
    });
  }

  /** The tables that hold what people sign in with are nobody's to read but signing in's. */
  async #proofs(use: SystemUse, userId: string): Promise<RemovalPreview['goes']> {
    const references = await this.unrestricted.run(recorded(use, 'read which rows go with a user'), findReferences);
    return countProofs(this.auth, references, userId);
  }
}

async function give(sql: Sql, references: readonly Reference[], userId: string, keeper: string, ownerless: readonly string[]): Promise<void> {
  const person = keeper === userId ? undefined : await lockUser(sql, keeper);
  if (person?.is_active !== true) throw new KeeperUnfitError();
  const missing = await organizationsWithout(sql, references, userId, keeper, ownerless);
  if (missing.length > 0) throw new KeeperNotMemberError(missing);
  await makeOwner(sql, keeper, ownerless);
  await giveRows(sql, references, userId, keeper);
}

async function previewOf(
  sql: Sql,
  references: readonly Reference[],
  userId: string,
  proofs: RemovalPreview['goes'],
  ownerless: RemovalPreview['ownerless'],
): Promise<RemovalPreview> {
  const goes = [...(await countGoing(sql, references, userId)), ...proofs].sort((one, other) => one.table.localeCompare(other.table, 'en'));
  return { goes, forgets: await countForgetting(sql, references, userId), ownerless };
}
