import { fastFormats, fullFormats } from 'ajv-formats/dist/formats.js';

/**
 * The formats that schemas may name: those that are checked in time linear in the text, as a spec measures. `regex`, which would
 * compile the text, is not among them, nor what is rarer; `email` and `uri` are the plain forms, which are easy to see through.
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
