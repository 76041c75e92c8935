const MASK = '***';
const LONGEST_SHOWN = 120;

/**
 * `text` as an error or a log may show it: a secret is replaced whole, the password of anything that looks like a connection
 * URL or a `password=` setting is replaced, and long values (a certificate) are cut.
 */
export function maskValue(text: string, options: { secret?: boolean } = {}): string {
  if (options.secret === true) return MASK;
  const masked = maskPasswords(text);
  const [firstLine = ''] = masked.split('\n', 1);
  return firstLine.length < masked.length || masked.length > LONGEST_SHOWN ? `${firstLine.slice(0, LONGEST_SHOWN)}…` : masked;
}

/**
 * `text` with the password of each connection URL, also of one that cannot be parsed, and of each `password=` replaced.
 * Greedy up to the last `@`: an unescaped `@`, `/`, `#` or blank in a password must not leave half of it readable.
 */
export function maskPasswords(text: string): string {
  return text
    .replace(/(:\/\/[^:@/]*):.*@/gs, `$1:${MASK}@`)
    .replace(/^([^:@\s/]+):(?!\/\/).*@/s, `$1:${MASK}@`)
    .replace(/(\b(?:pass|password|pwd|sslpassword)=)[^\s&]+/gi, `$1${MASK}`);
}
