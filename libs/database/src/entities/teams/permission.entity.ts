import { Column, Entity, Unique } from 'typeorm';
import { CreatedAt, Id, UpdatedAt } from '../declare/columns.js';
import { Tenancy } from '../declare/tenancy.js';

/** Something a role may allow, such as `run:create`. Everybody reads them; migrations and seeds write them. */
@Entity({ schema: 'app', name: 'permission' })
@Unique(['key'])
@Tenancy('G', {
  tenant: { select: true },
  auth: { select: true },
  policies: [{ role: 'app_tenant', command: 'select', using: 'true' }],
})
export class Permission {
  @Id()
  id: string;

  @Column({ type: 'varchar', length: 255 })
  key: string;

  @Column({ type: 'text' })
  description: string;

  @Column({ type: 'varchar', length: 255 })
  category: string;

  @CreatedAt()
  createdAt: Date;

  @UpdatedAt()
  updatedAt: Date;
}
