import { Column, Entity, Unique } from 'typeorm';
import { CreatedAt, Id, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

/** Something a role may allow, such as `run:create`. Everybody reads them; migrations and seeds write them. */
@Entity({
  schema: 'app',
  name: 'permission',
  comment: 'Something a role may allow, such as `run:create`. Everybody reads them; migrations and seeds write them.',
})
@Unique(['key'])
@Tenancy('G', {
  tenant: { select: true },
  auth: { select: true },
  policies: [{ role: 'app_tenant', command: 'select', using: 'true' }],
})
export class Permission {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255, comment: 'What code asks for; unique.' })
  key: string;

  @Column({ type: 'text', comment: 'What it allows, in words for people.' })
  description: string;

  @Column({ type: 'varchar', length: 255, comment: 'The heading it is listed under.' })
  category: string;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
