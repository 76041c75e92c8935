import fc from 'fast-check';
import { SseParser, type ServerSentEvent } from './sse-parser.js';

function parse(...chunks: readonly Uint8Array[]): readonly ServerSentEvent[] {
  const parser = new SseParser(1_000);
  return chunks.flatMap((chunk) => [...parser.push(chunk)]);
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const lineBreak = fc.constantFrom('\n', '\r\n', '\r');
const lineText = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replace(/[\r\n\u2028\u2029]/g, '.'));

/** `bytes` cut at arbitrary places, some pieces empty. */
function cut(whole: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((place) => place % (whole.length + 1)), whole.length].sort((one, other) => one - other);
  return ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end));
}

it('gives back the events that were written, however they are cut', () => {
  const event = fc.record({
    event: fc.constantFrom('message', 'error', 'näher'),
    lines: fc.array(lineText, { minLength: 1, maxLength: 3 }),
    end: lineBreak,
    comment: lineText,
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 5 }), fc.array(fc.nat(), { maxLength: 12 }), (events, places) => {
      const text = events.map(({ event: name, lines, end, comment }) =>
        [`:${comment}`, `event: ${name}`, ...lines.map((line) => `data: ${line}`), 'id: 1', '', ''].join(end),
      );
      const expected = events.map(({ event: name, lines }) => ({ event: name, data: lines.join('\n') }));
      expect(parse(...cut(bytes(text.join('')), places))).toEqual(expected);
    }),
  );
});

it('reads any bytes the same, however they are cut', () => {
  const piece = fc.oneof(fc.constantFrom('data', ':', ' ', '\n', '\r', '\r\n', 'event', '\ufeff', '😀'), fc.string());
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => bytes(pieces.join(''))),
      fc.array(fc.nat(), { maxLength: 20 }),
      (whole, places) => {
        expect(parse(...cut(whole, places))).toEqual(parse(whole));
      },
    ),
  );
});

it('reads a byte order mark, fields without a blank or a colon, and no event without its end', () => {
  expect(parse(bytes('\ufeffdata:one\ndata\ndata:  two\n\nevent: x\n\ndata: not ended\n'))).toEqual([{ event: 'message', data: 'one\n\n two' }]);
});

it('refuses a line that never ends', () => {
  const parser = new SseParser(10);
  parser.push(bytes('12345678'));
  expect(() => parser.push(bytes('9abc'))).toThrow('a line of its answer is longer than 10 characters');
  expect(() => new SseParser(10).push(bytes('12345678901\n'))).toThrow('a line of its answer is longer than 10 characters');
});
