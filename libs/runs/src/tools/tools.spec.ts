import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { countWords } from '../../test/support/count-words.tool.js';
import type { JsonObject, JsonSchema } from '../json.js';
import { BUILT_IN_TOOLS } from './built-in/built-in-tools.js';
import { defineTool } from './define-tool.js';
import { DuplicateToolError, InvalidToolError } from './errors.js';
import type { Tool, ToolWork } from './tool.js';
import { ToolRegistry } from './tool-registry.js';
import { validateArguments } from './validate-arguments.js';

const caller = { runId: 'r', stepId: 's', agentName: 'a', sessionId: null };

/** What a tool is given that looks at nothing but its arguments. */
function workWith(args: JsonObject): ToolWork {
  const work: Omit<ToolWork, 'db'> = { args, caller, signal: new AbortController().signal };
  return Object.create(null, Object.getOwnPropertyDescriptors(work)) as ToolWork;
}

function define(changes: Partial<Tool>): Tool {
  return defineTool({ name: 'look', description: 'Looks.', parameters: { type: 'object' }, hasSideEffects: false, call: async () => null, ...changes });
}

describe('a tool is defined', () => {
  it('as the guide shows it, and works', async () => {
    const source = await readFile(new URL('../../test/support/count-words.tool.ts', import.meta.url), 'utf8');
    const guide = await readFile(new URL('../../../../docs/adding-a-tool.md', import.meta.url), 'utf8');
    expect(guide).toContain(`\`\`\`ts\n${source}\`\`\``);
    expect(await countWords.call(workWith({ text: 'one three  two' }))).toEqual({ words: 3 });
    expect(await countWords.call(workWith({ text: 'one three  two', longerThan: 3 }))).toEqual({ words: 1 });
  });

  it.each(['', 'Look', 'look-up', '2look', 'look_', '_look', 'lo__ok', 'lóok', 'x'.repeat(65)])('not under the name %j', (name) => {
    expect(() => define({ name })).toThrow(InvalidToolError);
    expect(() => define({ name })).toThrow('its name must be lower-case words');
  });

  it.each([' ', 'x'.repeat(1_001)])('not with a description like %j', (description) => {
    expect(() => define({ description })).toThrow('its description must tell the model');
  });

  it.each<[JsonSchema, string]>([
    [{}, 'with "type": "object"'],
    [{ type: 'array' }, 'with "type": "object"'],
    [{ type: 'object', $async: true }, 'must not be "$async"'],
    [{ type: 'object', propertys: {} }, 'unknown keyword: "propertys"'],
    [{ type: 'object', properties: { a: { type: 'text' } } }, '/properties/a/type must be equal to one of the allowed values'],
    [{ type: 'object', properties: { a: { type: 'string', format: 'phone' } } }, 'unknown format "phone"'],
    [{ type: 'object', properties: {}, required: ['a'] }, 'required property "a" is not defined'],
    [{ type: 'object', properties: { a: { minLength: 3 } } }, 'missing type "string"'],
    [{ type: 'object', properties: { a: { $ref: 'https://example.com/a.json' } } }, "can't resolve reference https://example.com/a.json"],
  ])('not with the parameters %j', (parameters, reason) => {
    expect(() => define({ parameters })).toThrow(InvalidToolError);
    expect(() => define({ parameters })).toThrow(reason);
  });

  it('and does not run with arguments that nobody checked', async () => {
    await expect(countWords.call(workWith({ text: 3 }))).rejects.toThrow('arguments that were not checked');
  });
});

describe('arguments', () => {
  it('that fit have no problems', () => {
    expect(validateArguments(countWords, { text: 'a', longerThan: 1 })).toEqual([]);
  });

  it.each<[unknown, readonly { path: string; message: string }[]]>([
    [{}, [{ path: '/text', message: "must have required property 'text'" }]],
    [
      { text: 1, longerThan: -1, 'a/b~': 0 },
      [
        { path: '/a~1b~0', message: 'must NOT have additional properties' },
        { path: '/text', message: 'must be string' },
        { path: '/longerThan', message: 'must be >= 0' },
      ],
    ],
    [[], [{ path: '', message: 'must be object' }]],
    ['{"text":"a"}', [{ path: '', message: 'must be object' }]],
    [{ text: 'x'.repeat(4_000_001) }, [{ path: '', message: 'has more than 4000000 characters' }]],
  ])('%j are refused with path and reason', (args, problems) => {
    expect(validateArguments(countWords, args)).toEqual(problems);
  });

  it('do not have what every object has', () => {
    const tool = define({ parameters: { type: 'object', properties: { toString: {} }, required: ['toString'] } });
    expect(validateArguments(tool, {})).toEqual([{ path: '/toString', message: "must have required property 'toString'" }]);
  });

  it('that are missing in an enum are told what is allowed', () => {
    const tool = define({ parameters: { type: 'object', properties: { unit: { enum: ['km', 'mi'] } } } });
    expect(validateArguments(tool, { unit: 'm' })).toEqual([{ path: '/unit', message: 'must be equal to one of the allowed values: ["km","mi"]' }]);
  });

  it('that are very wrong give at most 20 problems', () => {
    const tool = define({ parameters: { type: 'object', additionalProperties: false } });
    expect(validateArguments(tool, Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 1])))).toHaveLength(20);
  });

  it('of any shape never make validation fail', () => {
    const tools = [countWords, ...BUILT_IN_TOOLS.values()];
    fc.assert(
      fc.property(fc.constantFrom(...tools), fc.jsonValue(), (tool, args) => {
        expect(Array.isArray(validateArguments(tool, args))).toBe(true);
      }),
    );
  });
});

describe('the registry', () => {
  it('refuses a name that is taken', () => {
    const registry = new ToolRegistry([countWords]);
    expect(() => registry.add(define({ name: 'count_words' }))).toThrow(DuplicateToolError);
    expect(() => registry.add(define({ name: 'run_agent' }))).toThrow(DuplicateToolError);
  });

  it('gives the specs of what an agent lists, each once, and reports what it does not know', () => {
    const { specs, unknown } = new ToolRegistry([countWords]).specsFor(['count_words', 'fly', 'read_data', 'count_words', 'toString']);
    const { name, description, parameters } = countWords;
    expect(specs).toEqual([{ name, description, parameters }, expect.objectContaining({ name: 'read_data' })]);
    expect(specs[1]).not.toHaveProperty('stepType');
    expect(unknown).toEqual(['fly', 'toString']);
  });

  it('finds tools by name, and knows all names', () => {
    const registry = new ToolRegistry([countWords]);
    expect(registry.find('count_words')).toBe(countWords);
    expect(registry.find('read_data')).toBeUndefined();
    expect(registry.names()).toEqual(['ask_for_input', 'count_words', 'read_data', 'run_agent', 'write_data']);
  });
});

describe('the built-in tools', () => {
  it('have schemas as strict as those of others', () => {
    for (const tool of BUILT_IN_TOOLS.values())
      expect(() => define({ name: tool.name, description: tool.description, parameters: tool.parameters })).not.toThrow();
    expect([...BUILT_IN_TOOLS.values()].map(({ name, stepType }) => [name, stepType])).toEqual([
      ['write_data', 'DATA'],
      ['read_data', 'DATA'],
      ['run_agent', 'AGENT'],
      ['ask_for_input', 'INPUT'],
    ]);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['write_data', { key: 'a', value: null, dataType: 'note', tags: ['x'] }, []],
    ['write_data', { key: '' }, ['/value', '/key']],
    ['read_data', {}, []],
    ['read_data', { limit: 101, tags: [''] }, ['/tags/0', '/limit']],
    ['run_agent', { agent: 'a', prompt: 'b' }, []],
    ['run_agent', { agent: 'a', promt: 'b' }, ['/prompt', '/promt']],
    ['ask_for_input', { prompt: 'Go on?', schema: { type: 'boolean' } }, []],
    ['ask_for_input', { prompt: 'Go on?', schema: 'boolean' }, ['/schema']],
  ])('%s takes %j with problems at %j', (name, args, paths) => {
    const tool = BUILT_IN_TOOLS.get(name);
    expect(tool === undefined ? undefined : validateArguments(tool, args).map(({ path }) => path)).toEqual(paths);
  });
});
