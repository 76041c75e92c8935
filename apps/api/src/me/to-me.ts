import type { ProfileRow } from '#identity';
import type { MeResponse } from './me.dto.js';

/** A person and their membership as the API answers them. */
export function toMe(row: ProfileRow): MeResponse {
  return {
    id: row.user_id,
    email: row.email,
    name: row.user_name,
    emailVerifiedAt: row.email_verified_at,
    lastLoginAt: row.last_login_at,
    createdAt: row.user_created_at,
    organization: {
      id: row.organization_id,
      name: row.organization_name,
      slug: row.slug,
      role: row.role,
      permissions: row.permissions,
      joinedAt: row.joined_at,
    },
  };
}
