import { sqlStateOf } from '../../errors.js';
import { down, reasonOf, unknown, up, type Finding, type HealthCheck, type HealthQuery } from '../finding.js';

/** too_many_connections: the server answers, and has no place left to look from. */
const TOO_MANY_CONNECTIONS = '53300';

/** Whether the database answers, and how long one round trip takes. */
export const databaseCheck: HealthCheck = {
  name: 'database',
  gatesReadiness: true,
  async look(query: HealthQuery): Promise<Finding> {
    try {
      // The first statement may have to open the connection; the second is the round trip alone.
      const [server] = await query<{ version: string; standby: boolean }>(
        "select current_setting('server_version') as version, pg_is_in_recovery() as standby",
      );
      const before = performance.now();
      await query('select 1');
      const latencyMs = Math.round((performance.now() - before) * 100) / 100;
      return up({ latencyMs, serverVersion: server?.version, standby: server?.standby });
    } catch (error) {
      return sqlStateOf(error) === TOO_MANY_CONNECTIONS ? unknown(reasonOf(error)) : down(reasonOf(error));
    }
  },
};
