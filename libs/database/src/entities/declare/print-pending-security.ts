import 'reflect-metadata';
import { pendingSecurity } from './pending-security.js';

/* What `npm run migration:security` prints: the statements that the next migration must run, beside what migration:generate writes. */
const { missing, obsolete } = pendingSecurity();
const lines = [...missing.map((statement) => `${statement};`), ...obsolete.map((statement) => `-- undo: ${statement};`)];
process.stdout.write(`${lines.length > 0 ? lines.join('\n') : '-- every declaration has its migration'}\n`);
