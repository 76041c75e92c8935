/** Something was not as it must be; the message is all that a person needs to read. */
export class TourError extends Error {}

/** @throws TourError unless `condition` holds */
export function check(condition, message) {
  if (!condition) throw new TourError(message);
}

/** What `look` answers once it answers something. @throws TourError after `withinMs`, naming what was waited for */
export async function until(what, look, withinMs = 60_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new TourError(`Waited in vain for ${withinMs / 1000} s until ${what}.`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
