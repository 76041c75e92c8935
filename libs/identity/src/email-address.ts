/** The form in which an address is stored and compared: trimmed and in lower case (the table's CHECK demands it). */
export function normaliseEmail(address: string): string {
  return address.trim().toLowerCase();
}
