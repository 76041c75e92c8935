const HEXADECIMAL = 16;
const TIME_DIGITS = 12;

/** When a UUIDv7 was made: its first 48 bits are milliseconds of the Unix epoch. */
export function timeOfId(id: string): Date {
  return new Date(Number.parseInt(id.replaceAll('-', '').slice(0, TIME_DIGITS), HEXADECIMAL));
}

/** The smallest UUID that can have been made at a time or later: every UUIDv7 made before sorts before it. */
export function smallestIdAt(time: Date): string {
  const digits = time.getTime().toString(HEXADECIMAL).padStart(TIME_DIGITS, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`;
}
