import { plain } from '../terminal/plain.js';
import { table } from '../terminal/table.js';
import { duration, money, use } from '../terminal/units.js';
import { problemsOf } from './answer-schema.js';
import { askFor, valueOf } from './questions.js';

/** Answers each question with the next line, and keeps what was asked. */
function person(...lines: string[]): { asked: string[]; ask: (question: string) => Promise<string | undefined> } {
  const asked: string[] = [];
  return {
    asked,
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(lines.shift());
    },
  };
}

describe('asking by a schema', () => {
  it('asks field by field, those that must be there first, with what may be answered', async () => {
    const schema = {
      type: 'object',
      required: ['name', 'approved'],
      properties: {
        note: { type: 'string' },
        approved: { type: 'boolean' },
        name: { type: 'string' },
        size: { type: 'string', enum: ['s', 'm'], default: 'm' },
      },
    };
    const { asked, ask } = person('Ada', 'yes', '', '');
    expect(await askFor(schema, ask)).toEqual({ isThere: true, value: { name: 'Ada', approved: true, size: 'm' } });
    expect(asked).toEqual(['name> ', 'approved [yes | no]> ', 'note (optional)> ', 'size (optional) [s | m, default "m"]> ']);
  });

  it('asks for JSON in one line where an object holds others, and for anything without a schema', async () => {
    const nested = person('{"a":{"b":1}}');
    expect(await askFor({ type: 'object', properties: { a: { type: 'object' } } }, nested.ask)).toEqual({ isThere: true, value: { a: { b: 1 } } });
    expect(nested.asked).toEqual(['[JSON object]> ']);
    expect(await askFor(null, person('just text').ask)).toEqual({ isThere: true, value: 'just text' });
  });

  it('says that nobody is there where the lines end', async () => {
    expect(await askFor({ type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } }, person('one').ask)).toEqual({ isThere: false });
  });

  it.each([
    ['3', { type: 'integer' }, 3],
    ['3', { type: 'string' }, '3'],
    ['N', { type: 'boolean' }, false],
    ['perhaps', { type: 'boolean' }, 'perhaps'],
    ['[1]', { type: 'array' }, [1]],
    ['', { type: 'integer', default: 5 }, 5],
  ])('reads "%s" as %j wants it', (line, schema, value) => {
    expect(valueOf(line, schema)).toEqual(value);
  });
});

describe('what is wrong with an answer', () => {
  it('is said with the place', () => {
    const schema = { type: 'object', properties: { when: { type: 'string', format: 'date' } }, required: ['when'] };
    expect(problemsOf(schema, { when: '2026-11-20' })).toEqual([]);
    expect(problemsOf(schema, { when: 'soon' })).toEqual(['when must match format "date"']);
    expect(problemsOf(schema, {})).toEqual(["the answer must have required property 'when'"]);
  });

  it('is left to the API where the schema is none, or could keep this process busy', () => {
    expect(problemsOf({ type: 'nonsense' }, 1)).toEqual([]);
    expect(problemsOf({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`)).toEqual([]);
  });
});

describe('what is shown', () => {
  it('is exact in money and readable in time', () => {
    expect([0, 3_100, 1_500_000, 12_000_001].map(money)).toEqual(['0.00', '0.0031', '1.50', '12.000001']);
    expect([8, 1_250, 185_000].map(duration)).toEqual(['8 ms', '1.3 s', '3 min 5 s']);
    expect([use(0, 0), use(1, 0), use(1_240, 3_100)]).toEqual(['', '1 token, cost 0.00', '1240 tokens, cost 0.0031']);
  });

  it('moves no cursor, whatever an agent wrote', () => {
    expect(plain('a\u001b[2Jb\rc\u009bd\ne')).toBe('a\u{fffd}[2Jb\u{fffd}c\u{fffd}d\ne');
    expect(table(['A', 'B'], [['one\u001b', 'two\nlines']])).toBe('A     B\none\u{fffd}  two lines');
  });
});
