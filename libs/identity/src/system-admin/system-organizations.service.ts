import { Injectable } from '@nestjs/common';
import { UnrestrictedConnection, type OrganizationStatus } from '#database';
import type { PageOf, PageRequest } from '../persistence/page-request.js';
import { listOrganizations, lockOrganization, updateStatus, type SystemOrganizationRow } from '../persistence/system-admin.js';
import { OrganizationErasingError, OrganizationUnknownError } from './errors.js';
import { idOf, pageOf } from './id-cursor.js';
import { recorded, type SystemUse } from './system-use.js';

const USUAL_PAGE = 50;

/** Which organizations a list shows. */
export interface OrganizationFilter extends PageRequest {
  readonly status?: OrganizationStatus;
}

/** All organizations, for those who run the platform. Every call is kept with its reason. */
@Injectable()
export class SystemOrganizationsService {
  constructor(private readonly unrestricted: UnrestrictedConnection) {}

  /** One page of the organizations, oldest first. @throws InvalidCursorError */
  async list(use: SystemUse, { limit = USUAL_PAGE, cursor, status }: OrganizationFilter): Promise<PageOf<SystemOrganizationRow>> {
    const after = idOf(cursor);
    return this.unrestricted.run(recorded(use, 'list organizations'), async (sql) =>
      pageOf(await listOrganizations(sql, { after, limit: limit + 1, status: status ?? null }), limit),
    );
  }

  /** Keeps everybody out of an organization, everywhere within 5 s; nothing of it is lost. @throws OrganizationUnknownError, OrganizationErasingError */
  suspend(use: SystemUse, orgId: string): Promise<SystemOrganizationRow> {
    return this.#change(use, 'suspend', orgId, 'SUSPENDED');
  }

  /** Lets everybody back in. @throws OrganizationUnknownError, OrganizationErasingError */
  reactivate(use: SystemUse, orgId: string): Promise<SystemOrganizationRow> {
    return this.#change(use, 'reactivate', orgId, 'ACTIVE');
  }

  async #change(use: SystemUse, what: string, orgId: string, status: OrganizationStatus): Promise<SystemOrganizationRow> {
    return this.unrestricted.run(recorded(use, `${what} organization ${orgId}`), async (sql) => {
      const organization = await lockOrganization(sql, orgId);
      if (organization === undefined) throw new OrganizationUnknownError(orgId);
      if (organization.status === 'ERASING') throw new OrganizationErasingError();
      if (organization.status !== status) await updateStatus(sql, orgId, status);
      return { ...organization, status };
    });
  }
}
