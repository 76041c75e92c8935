import { check } from './expect.mjs';

/** The events of a stream, `{ number, type, data }`, until it ends or `signal` is aborted. */
async function* eventsOf(body) {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const event = eventOf(block);
      if (event !== undefined) yield event;
    }
  }
}

/** undefined for a comment, which keeps the connection. */
function eventOf(block) {
  const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  return fields.data === undefined ? undefined : { number: Number(fields.id), type: fields.event, data: JSON.parse(fields.data) };
}

/**
 * Follows a run live, tells the transcript of each event, and hands it to `see` as it comes, until `see` answers true or the run has ended.
 * @param after the number of the last event that is known
 * @returns the number of the last event
 */
export async function follow(caller, runId, see, after = 0) {
  const path = `/v1/runs/${runId}/events`;
  const started = performance.now();
  const response = await caller.send('GET', path, { headers: { accept: 'text/event-stream', 'last-event-id': String(after) } });
  const { status } = response;
  caller.transcript.exchange({
    who: caller.who,
    method: 'GET',
    path,
    status,
    milliseconds: Math.round(performance.now() - started),
    lines: after > 0 ? [`Last-Event-ID: ${after}`] : [],
  });
  check(status === 200, `GET ${path} answered ${status}.`);
  let last = after;
  for await (const event of eventsOf(response.body)) {
    check(event.number === last + 1, `Event ${event.number} came after ${last}.`);
    last = event.number;
    caller.transcript.more(eventLine(event));
    if (await see(event)) break;
  }
  return last;
}

function eventLine({ number, type, data }) {
  const facts = Object.entries(data).filter(([name, value]) => name !== 'stepId' && value !== 0);
  return `${number} ${type} ${facts.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(' ')}`;
}
