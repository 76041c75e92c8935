import { fastFormats, fullFormats } from 'ajv-formats/dist/formats.js';

/**
 * The formats that schemas may name. Each is checked in time linear in the text; `regex` (which would compile the text), the
 * exact `email` and `uri` (which backtrack) and everything rarer are not among them.
 */
export const SAFE_FORMATS = {
  date: fullFormats.date,
  time: fullFormats.time,
  'date-time': fullFormats['date-time'],
  duration: fullFormats.duration,
  email: fastFormats.email,
  hostname: fullFormats.hostname,
  ipv4: fullFormats.ipv4,
  ipv6: fullFormats.ipv6,
  uri: fastFormats.uri,
  uuid: fullFormats.uuid,
};
