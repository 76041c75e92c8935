import type { DoctorCheck } from '../check.js';
import { anyOfDatabase } from '../context.js';
import { ok, setting, wrong } from '../diagnosis.js';

const ROUNDS = 3;
const MOST_MS = 5_000;

/** The clocks of this machine and of the server agree: tokens end, leases pass on and jobs fall due by them. */
export const clockCheck: DoctorCheck = {
  name: 'clock',
  async look(context) {
    const { client } = anyOfDatabase(context);
    let [skew, error] = [0, Infinity];
    for (let round = 0; round < ROUNDS; round += 1) {
      const sent = context.now();
      const { rows } = await client.query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms');
      const got = context.now();
      // The server read its clock at some moment in between.
      if ((got - sent) / 2 < error) [skew, error] = [(rows[0]?.ms ?? 0) - (sent + got) / 2, (got - sent) / 2];
    }
    const says = `the server is ${seconds(Math.abs(skew))} ${skew < 0 ? 'behind' : 'ahead of'} this machine (± ${seconds(error)})`;
    if (Math.abs(skew) - error <= MOST_MS) return [ok('clock', says)];
    return [wrong('clock', `${says}, more than ${seconds(MOST_MS)}.`, setting('Set both clocks by NTP: timedatectl set-ntp true'))];
  },
};

function seconds(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
