/** Control characters but line breaks and tabs: what an agent wrote must not move the cursor or recolour a terminal. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** A text that others wrote, as it may be shown at a terminal. */
export function plain(text: string): string {
  return text.replaceAll(CONTROLS, '\u{fffd}');
}
