/** Milliseconds as people say them: 840 ms, 3.2 s, 4 min 5 s. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  return `${Math.floor(milliseconds / 60_000)} min ${Math.round((milliseconds % 60_000) / 1_000)} s`;
}

/** Millionths of the currency unit as a decimal number, exact: 3100 is 0.0031. */
export function money(micros: number): string {
  const digits = String(Math.abs(micros)).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '');
  return `${micros < 0 ? '-' : ''}${digits.slice(0, -6)}.${fraction}`;
}

/** What a model call used: `1240 tokens, 0.0031`; nothing where it used nothing. */
export function use(tokens: number, costMicros: number): string {
  if (tokens === 0 && costMicros === 0) return '';
  return `${tokens} ${tokens === 1 ? 'token' : 'tokens'}, cost ${money(costMicros)}`;
}
