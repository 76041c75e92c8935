import { Column, Entity } from 'typeorm';
import { Id, OneOf, OrgId, UpdatedAt } from '../../../entities/declare/columns.js';
import { FromOrgTo, OfOrganization } from '../../../entities/declare/references.js';
import { SqlIndex } from '../../../entities/declare/sql-index.js';
import { Tenancy, type EntityTarget } from '../../../entities/declare/tenancy.js';
import { Organization } from '../../../entities/identity/organization.entity.js';
import { User } from '../../../entities/identity/user.entity.js';

/** One state of the entity that the tests change. */
export interface GadgetParts {
  readonly table?: string;
  readonly comment?: string;
  /** By property: in place of, or beside, the usual ones; null: gone. */
  readonly properties?: Readonly<Record<string, PropertyDecorator | null>>;
  /** In place of the usual index. */
  readonly index?: ClassDecorator;
  readonly tenancy?: ClassDecorator;
  /** Further decorators of the class. */
  readonly also?: readonly ClassDecorator[];
}

const PROPERTIES: Readonly<Record<string, PropertyDecorator>> = {
  orgId: OrgId(),
  organization: OfOrganization(() => Organization),
  id: Id(),
  title: Column({ type: 'varchar', length: 100, comment: 'What people call it.' }),
  body: Column({ type: 'text', nullable: true }),
  state: OneOf(['OPEN', 'DONE'], { default: 'OPEN' }),
  size: Column({ type: 'integer', default: 1 }),
  createdBy: Column({ type: 'uuid', nullable: true }),
  creator: FromOrgTo(() => User, { by: 'createdBy', onDelete: 'SET NULL' }),
  updatedAt: UpdatedAt(),
};

/** A class of its own for each state: decorators stay with a class for ever. */
export function gadget(parts: GadgetParts = {}): EntityTarget {
  class Gadget {}
  const properties: Readonly<Record<string, PropertyDecorator | null>> = { ...PROPERTIES, ...parts.properties };
  for (const [property, decorate] of Object.entries(properties)) decorate?.(Gadget.prototype, property);
  (parts.index ?? SqlIndex({ name: 'ix_gadget_size', columns: ['org_id', 'size desc'] }))(Gadget);
  for (const decorate of parts.also ?? []) decorate(Gadget);
  (parts.tenancy ?? Tenancy('T'))(Gadget);
  Entity({ schema: 'app', name: parts.table ?? 'gadget', comment: parts.comment ?? 'A thing of an organization.' })(Gadget);
  return Gadget;
}
