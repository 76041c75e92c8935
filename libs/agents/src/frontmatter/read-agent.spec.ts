import { FileProblem } from './problem.js';
import { readAgent, type AgentDefinition } from './read-agent.js';
import { HEAD_BYTES, MAX_FRONTMATTER_BYTES } from './split.js';

const MAX_FILE_BYTES = 1_000_000;
const ONE_SECOND_US = 1_000_000;

function read(content: string | Buffer, path = 'agents/writer.md'): AgentDefinition | undefined {
  const bytes = Buffer.from(content);
  return readAgent(path, bytes.subarray(0, Math.max(HEAD_BYTES, MAX_FILE_BYTES)), bytes.length, MAX_FILE_BYTES);
}

function problemOf(content: string | Buffer): string {
  try {
    return `agent ${read(content)?.name ?? 'none'}`;
  } catch (error) {
    if (error instanceof FileProblem) return error.code;
    throw error;
  }
}

const yaml = (text: string): string => `---\n${text}\n---\nBody\n`;
const fill = (part: string, size = MAX_FRONTMATTER_BYTES - 1_000): string => part.repeat(Math.floor(size / part.length));
const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(',')}]`),
].join('\n');

describe('a file that is an agent', () => {
  it.each<[string, string | Buffer]>([
    ['line feeds', '---\nname: writer\n---\nBody'],
    ['carriage returns and line feeds', '---\r\nname: writer\r\n---\r\nBody'],
    ['a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('---\nname: writer\n---\n')])],
    ['white space after the dashes', '---  \nname: writer\n--- \n'],
    ['no line feed at its end', '---\nname: writer\n---'],
    ['no name, so the file gives it', '---\nmodel: opus\n---\n'],
    ['empty frontmatter', '---\n---\nBody'],
    ['dashes inside a text', '---\nname: writer\ndescription: a --- b\n---\n'],
  ])('is read with %s', (_what, content) => {
    expect(read(content)?.name).toBe('writer');
  });

  it('gives description, tags from a list, and everything else as data', () => {
    expect(read(yaml('name: a\ndescription: " Writes "\ntags: [x, y, x, 3]\ntools:\n  - Read\nnested: {deep: [1, true, null]}'))).toEqual({
      name: 'a',
      description: 'Writes',
      tags: ['x', 'y', '3'],
      frontmatter: { name: 'a', description: ' Writes ', tags: ['x', 'y', 'x', 3], tools: ['Read'], nested: { deep: [1, true, null] } },
      body: 'Body',
    });
  });

  it('takes tags from a text with commas', () => {
    expect(read(yaml('tags: "a, b,, c "'))?.tags).toEqual(['a', 'b', 'c']);
  });

  it('resolves a handful of aliases', () => {
    expect(read(yaml('a: &a {x: 1}\nb: *a'))?.frontmatter).toEqual({ a: { x: 1 }, b: { x: 1 } });
  });

  it('keeps dates, hexadecimal-looking and sexagesimal texts as YAML 1.2 has them', () => {
    expect(read(yaml('a: 2020-01-01\nb: 1:30\nc: no\nd: .nan'))?.frontmatter).toEqual({ a: '2020-01-01', b: '1:30', c: 'no', d: null });
  });
});

describe('a file that is no agent', () => {
  it.each(['', '# Title', 'name: x\n---\n', '----\nname: x\n----\n', '--- a rule, then text\n', ' ---\nname: x\n---\n'])('is passed over: %j', (content) => {
    expect(read(content)).toBeUndefined();
  });

  it('is passed over however large it is', () => {
    expect(read(`# Title\n${'text '.repeat(1_000_000)}`)).toBeUndefined();
  });
});

describe('hostile frontmatter', () => {
  const corpus: readonly (readonly [string, string | Buffer, string])[] = [
    ['JavaScript to execute', '---js\n{ name: process.exit(1) }\n---\n', 'FRONTMATTER_LANGUAGE'],
    ['CoffeeScript', '--- coffee\nname: x\n---\n', 'FRONTMATTER_LANGUAGE'],
    ['JSON by name', '---json\n{"name": "x"}\n---\n', 'FRONTMATTER_LANGUAGE'],
    ['a JavaScript function tag', yaml('name: !!js/function "function () { process.exit(1) }"'), 'FRONTMATTER_TAG'],
    ['a Python object tag', yaml('name: !!python/object/apply:os.system ["id"]'), 'FRONTMATTER_TAG'],
    ['a tag of its own', yaml('name: !include /etc/passwd'), 'FRONTMATTER_TAG'],
    ['binary data', yaml('name: x\ndata: !!binary aGVsbG8='), 'FRONTMATTER_TAG'],
    ['an alias bomb', yaml(bomb), 'FRONTMATTER_ALIASES'],
    ['thousands of aliases', yaml(`a: &a 1\nb: [${fill('*a,', 60_000)}]`), 'FRONTMATTER_ALIASES'],
    ['a text repeated by aliases', yaml(`a: &a ${'x'.repeat(100_000)}\nb: [*a, *a, *a]`), 'FRONTMATTER_TOO_LARGE'],
    ['an alias of itself', yaml('a: &a [*a]'), 'FRONTMATTER_TOO_DEEP'],
    ['an alias of nothing', yaml('a: *nobody'), 'FRONTMATTER_INVALID'],
    ['5 MB', yaml(`a: ${'x'.repeat(5_000_000)}`), 'FRONTMATTER_TOO_LARGE'],
    ['5 MB without an end', `---\n${'a: b\n'.repeat(1_000_000)}`, 'FRONTMATTER_TOO_LARGE'],
    ['no end', '---\nname: x\n', 'FRONTMATTER_UNCLOSED'],
    ['a large file', `${yaml('name: x')}${'x'.repeat(MAX_FILE_BYTES)}`, 'FILE_TOO_LARGE'],
    ['Latin-1', Buffer.from('---\nname: caf\xe9\n---\n', 'latin1'), 'FILE_NOT_UTF8'],
    ['Latin-1 in the body', Buffer.from('---\nname: x\n---\ncaf\xe9\n', 'latin1'), 'FILE_NOT_UTF8'],
    ['UTF-16', Buffer.from('\ufeff---\nname: x\n---\n', 'utf16le'), 'FILE_NOT_UTF8'],
    ['a NUL byte', '---\nname: "a\0b"\n---\n', 'FILE_HAS_NUL'],
    ['a NUL byte in the body', '---\nname: x\n---\n\0', 'FILE_HAS_NUL'],
    ['an escaped NUL', yaml('name: x\na: "\\0"'), 'FRONTMATTER_INVALID'],
    ['half of a surrogate pair', yaml('name: x\na: "\\ud800"'), 'FRONTMATTER_INVALID'],
    ['half of a surrogate pair in a key', yaml('"\\udc00": x'), 'FRONTMATTER_INVALID'],
    ['a list', yaml('- a\n- b'), 'FRONTMATTER_NOT_A_MAPPING'],
    ['a text', yaml('just words'), 'FRONTMATTER_NOT_A_MAPPING'],
    ['broken YAML', yaml('a: [1'), 'FRONTMATTER_INVALID'],
    ['a key twice', yaml('a: 1\n"a": 2'), 'FRONTMATTER_INVALID'],
    ['a mapping as a key', yaml('{a: 1}: 2'), 'FRONTMATTER_INVALID'],
    ['two documents', yaml('a: 1\n...\nb: 2'), 'FRONTMATTER_INVALID'],
    ['a list as a name', yaml('name: [a]'), 'NAME_INVALID'],
    ['an empty name', yaml('name: " "'), 'NAME_INVALID'],
    ['a name of two lines', yaml('name: "a\\nb"'), 'NAME_INVALID'],
    ['a long name', yaml(`name: ${'x'.repeat(256)}`), 'NAME_INVALID'],
    ['a mapping as description', yaml('description: {a: 1}'), 'DESCRIPTION_INVALID'],
    ['a mapping as tags', yaml('tags: {a: 1}'), 'TAGS_INVALID'],
    ['a mapping among the tags', yaml('tags: [a, {b: 1}]'), 'TAGS_INVALID'],
    ['a long tag', yaml(`tags: [${'x'.repeat(101)}]`), 'TAGS_INVALID'],
    ['too many tags', yaml(`tags: [${Array.from({ length: 101 }, (_, index) => `t${index}`).join(', ')}]`), 'TAGS_INVALID'],
    ['brackets, open', yaml(`a: ${fill('[')}`), 'FRONTMATTER_TOO_DEEP'],
    ['braces, open', yaml(`a: ${fill('{a: ')}`), 'FRONTMATTER_TOO_DEEP'],
    ['lists in lists', yaml(fill('- ', 20_000)), 'FRONTMATTER_TOO_DEEP'],
    ['keys in keys', yaml(fill('? ', 20_000)), 'FRONTMATTER_TOO_DEEP'],
    ['mappings in mappings', yaml(Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')), 'FRONTMATTER_TOO_DEEP'],
    ['tens of thousands of keys', yaml(Array.from({ length: 30_000 }, (_, index) => `k${index}: `).join('\n')), 'FRONTMATTER_TOO_DEEP'],
    ['tens of thousands of values', yaml(fill('- a\n')), 'FRONTMATTER_TOO_DEEP'],
    ['anchors only', yaml(`a: ${fill('&a ', 30_000)}`), 'FRONTMATTER_INVALID'],
    ['closing braces only', yaml(fill('}\n', 30_000)), 'FRONTMATTER_INVALID'],
  ];

  it.each(corpus)('with %s is a problem of that file, found within a second of computing', (_what, content, code) => {
    const before = process.cpuUsage();
    expect(problemOf(content)).toBe(code);
    expect(process.cpuUsage(before).user).toBeLessThan(ONE_SECOND_US);
  });

  it('cannot reach a prototype', () => {
    const agent = read(yaml('name: x\n__proto__:\n  polluted: yes\nconstructor:\n  prototype:\n    polluted: yes\nnested:\n  __proto__: {polluted: yes}'));
    expect(Object.getOwnPropertyNames(agent?.frontmatter)).toEqual(['name', 'constructor', 'nested']);
    expect(agent?.frontmatter['nested']).toEqual({});
    expect(Object.getPrototypeOf(agent?.frontmatter)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });
});
