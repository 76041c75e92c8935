import { Check, Column, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { quoteText, snakeCase } from './names.js';

/** The tenant column: part of the primary key, filled from the entered organization, never updated. */
export function OrgId(): PropertyDecorator {
  const comment = 'The organization that the row belongs to: filled from the entered one, never changed.';
  return PrimaryColumn({ type: 'uuid', default: () => 'app.current_org_id()', update: false, comment });
}

/** A uuid key, made by the application (UUIDv7) before the insert. */
export function Id(): PropertyDecorator {
  return PrimaryColumn({ type: 'uuid', comment: 'UUIDv7, made by the application before the insert.' });
}

/** A bigint key from an identity sequence. It stays inside: the API shows the row's `uid`. A string in TypeScript. */
export function SerialId(): PropertyDecorator {
  return PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    comment: 'Counted by the database; stays inside: outside, uid names the row.',
  });
}

/** The UUIDv7 under which the API shows a row with a serial key; unique within the organization. */
export function Uid(): PropertyDecorator {
  return (target, property) => {
    Column({ type: 'uuid', update: false, comment: 'UUIDv7 by which the API names the row; unique within the organization.' })(target, property);
    Unique(['orgId', String(property)])(target.constructor);
  };
}

/** When the row was made. */
export function CreatedAt(): PropertyDecorator {
  return Column({ type: 'timestamptz', default: () => 'now()', update: false, comment: 'When the row was made.' });
}

/** When the row last changed: set by a trigger, so that plain SQL moves it too (not by TypeORM's own decorator, which breaks upserts). */
export function UpdatedAt(): PropertyDecorator {
  return Column({ type: 'timestamptz', default: () => 'now()', update: false, comment: 'When the row last changed; set by a trigger.' });
}

/** The counter behind the row's ETag, raised by a trigger with each update. Goes with `@RaisesVersion()` on the class. */
export function Version(): PropertyDecorator {
  return Column({ type: 'integer', default: 1, update: false, comment: 'Raised by each update; behind the ETag of the row.' });
}

export interface OneOfOptions {
  default?: string;
  nullable?: boolean;
  /** What the column says, in a sentence; kept in the database too. */
  comment?: string;
  /** false: read only by who names it, where a role may not read it. */
  select?: boolean;
}

/** The CHECK of a closed set, spelled so that PostgreSQL prints it back as the same thing after a dump and restore. */
export function closedSetCheck(column: string, values: readonly string[]): string {
  return `"${column}" = any (array[${values.map(quoteText).join(', ')}]::text[])`;
}

/** A varchar(50) that holds one of `values`, guarded by a named CHECK. */
export function OneOf(values: readonly string[], options: OneOfOptions = {}): PropertyDecorator {
  return (target, property) => {
    const { nullable = false, select = true } = options;
    Column({ type: 'varchar', length: 50, nullable, default: options.default, select, comment: options.comment })(target, property);
    Check(closedSetCheck(snakeCase(String(property)), values))(target.constructor);
  };
}

/** An e-mail address: stored in lower case, which a CHECK holds to, so that a plain unique index serves look-ups under row security. */
export function EmailAddress(checkName: string, comment: string): PropertyDecorator {
  return (target, property) => {
    const column = snakeCase(String(property));
    Column({ type: 'varchar', length: 255, comment })(target, property);
    Check(checkName, `"${column}" = lower("${column}")`)(target.constructor);
  };
}
