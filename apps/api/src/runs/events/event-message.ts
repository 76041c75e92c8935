import type { EventsPage, RunEventView } from '#runs';

/** How long a client waits before it opens a stream again that has ended without its run, in milliseconds. */
const RECONNECT_MS = 1_000;

/** How a stream begins. Goes out at once, so that the client knows that it is open. */
export const STREAM_BEGINS = `retry: ${RECONNECT_MS}\n\n`;

/** The events as messages of `text/event-stream`; a comment, which clients pass over, where there are none. */
export function messagesOf({ events }: EventsPage): string {
  return events.length === 0 ? ': still here\n\n' : events.map(messageOf).join('');
}

/** JSON has no line breaks of its own, so that the data is one line. */
function messageOf({ number, type, data }: RunEventView): string {
  return `id: ${number}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}
