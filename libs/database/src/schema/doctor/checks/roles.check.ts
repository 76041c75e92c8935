import { membership } from '../../catalogue/own/membership.js';
import { role } from '../../catalogue/own/role.js';
import { setting } from '../../catalogue/own/setting.js';
import type { DoctorCheck } from '../check.js';
import { anyOfDatabase } from '../context.js';
import { lookAtKinds } from './own-kinds.js';

/** Roles, their attributes, memberships and settings are as roles/role-table.ts has them. */
export const rolesCheck: DoctorCheck = {
  name: 'roles',
  look: async (context) =>
    lookAtKinds(anyOfDatabase(context), [role, membership, setting], 'roles', 'attributes, memberships and settings are as the role table has them'),
};
