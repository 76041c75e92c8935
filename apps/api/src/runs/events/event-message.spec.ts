import { messagesOf } from './event-message.js';
import { positionOf, wantsPage } from './wanted-events.js';

describe('the messages of a page of events', () => {
  it('are a block each: the number, the type, and what happened on one line', () => {
    const events = [
      { number: 4, type: 'RUN_STATUS', data: { status: 'FAILED', errorMessage: 'two\nlines\r\n\u2028' }, createdAt: new Date() },
      { number: 5, type: 'INPUT_ANSWERED', data: {}, createdAt: new Date() },
    ] as const;
    expect(messagesOf({ events, isOver: false })).toBe(
      'id: 4\nevent: RUN_STATUS\ndata: {"status":"FAILED","errorMessage":"two\\nlines\\r\\n\u2028"}\n\nid: 5\nevent: INPUT_ANSWERED\ndata: {}\n\n',
    );
  });

  it('are a comment where nothing happened', () => {
    expect(messagesOf({ events: [], isOver: false })).toMatch(/^: [^\n]+\n\n$/);
  });
});

describe('what a client wants', () => {
  it.each([
    [undefined, false],
    ['*/*', false],
    ['text/event-stream', false],
    ['application/json, text/event-stream', false],
    ['application/json', true],
    ['application/json; q=0.9, */*; q=0.1', true],
  ])('Accept: %s is a page: %s', (accept, isPage) => {
    expect(wantsPage({ accept })).toBe(isPage);
  });

  it('is to go on where it came last, before where it began', () => {
    expect([positionOf({}), positionOf({}, 3), positionOf({ 'last-event-id': '0' }, 3), positionOf({ 'last-event-id': '2147483647' }, 3)]).toEqual([
      0, 3, 0, 2_147_483_647,
    ]);
    for (const id of ['', ' ', '1e3', '0x1', '2147483648', '-1']) expect(() => positionOf({ 'last-event-id': id })).toThrow('Last-Event-ID');
  });
});
