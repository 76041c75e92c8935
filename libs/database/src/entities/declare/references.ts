import { Index, JoinColumn, ManyToOne, type ObjectType } from 'typeorm';
import { snakeCase } from './names.js';

type Target = () => ObjectType<object>;

export interface ReferenceOptions {
  /** The property that holds the key, such as `agentId`. */
  by: string;
  /** What happens to this row when the one it points at goes. A key that holds org_id cannot be SET NULL. */
  onDelete: 'CASCADE' | 'NO ACTION' | 'SET NULL';
  /** false where a wider index, a unique key or the primary key of the table begins with the same columns. */
  index?: boolean;
}

interface KeyColumn {
  name: string;
  referencedColumnName: string;
}

/** Declares the foreign key and, unless told otherwise, its index. Index names and key names follow the naming strategy. */
function reference(to: Target, columns: KeyColumn[], indexed: readonly string[] | null, onDelete: ReferenceOptions['onDelete']): PropertyDecorator {
  return (target, property) => {
    ManyToOne(to, { onDelete })(target, property);
    JoinColumn(columns)(target, property);
    if (indexed !== null) Index([...indexed])(target.constructor);
  };
}

const orgKey: KeyColumn = { name: 'org_id', referencedColumnName: 'orgId' };

/** A key to another row of the same organization: (org_id, x_id) → x(org_id, id), so that nobody can point at another tenant's row. */
export function WithinOrg(to: Target, { by, onDelete, index = true }: ReferenceOptions & { onDelete: 'CASCADE' | 'NO ACTION' }): PropertyDecorator {
  const columns = [orgKey, { name: snakeCase(by), referencedColumnName: 'id' }];
  return reference(to, columns, index ? ['orgId', by] : null, onDelete);
}

/** A key that means "a member": (org_id, user_id) → organization_user, cascade, so that strangers cannot be named and leaving ends it. */
export function ToMember(to: Target, { by, index = true }: { by: string; index?: boolean }): PropertyDecorator {
  const columns = [orgKey, { name: snakeCase(by), referencedColumnName: 'userId' }];
  return reference(to, columns, index ? ['orgId', by] : null, 'CASCADE');
}

/** A key of one column from a tenant's row to a global one (a user, a permission); its index is led by org_id all the same. */
export function FromOrgTo(to: Target, { by, onDelete, index = true }: ReferenceOptions): PropertyDecorator {
  return reference(to, [{ name: snakeCase(by), referencedColumnName: 'id' }], index ? ['orgId', by] : null, onDelete);
}

/** A key of one column between tables without a tenant. */
export function GlobalReference(to: Target, { by, onDelete, index = true }: ReferenceOptions): PropertyDecorator {
  return reference(to, [{ name: snakeCase(by), referencedColumnName: 'id' }], index ? [by] : null, onDelete);
}

/** org_id → organization, cascade. The primary key, which org_id leads, is its index. */
export function OfOrganization(to: Target): PropertyDecorator {
  return reference(to, [{ name: 'org_id', referencedColumnName: 'id' }], null, 'CASCADE');
}
