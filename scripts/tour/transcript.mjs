const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const MOMENT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;
const SECRET = /\b(pl[a-z]_|eyJ)[\w.-]{12,}/g;

/** What a tour asked and was answered: told on the terminal as it happens, and kept for a document. */
export class Transcript {
  #sections = [];
  #names = new Map();

  /** @param suffix what makes the names of this tour its own; a document leaves it out */
  constructor(suffix) {
    this.suffix = suffix;
  }

  /** Begins a part, with a sentence or two that say what it shows. */
  section(title, text) {
    this.#sections.push({ title, text, lines: [] });
    console.log(`\n== ${title}`);
  }

  /** One request and its answer; `lines` show what of the answer matters. */
  exchange({ who, method, path, status, milliseconds, lines = [] }) {
    const asked = `${who}: ${method} ${path} -> ${status}`;
    this.#keep(asked, ...lines.map((line) => `  ${line}`));
    console.log([`${asked} in ${milliseconds} ms`, ...lines.map((line) => `  ${withoutSecrets(line)}`)].join('\n'));
  }

  /** A line of an answer that comes bit by bit. */
  more(line) {
    this.#keep(`  ${line}`);
    console.log(`  ${line}`);
  }

  /** A line that is no request: what was seen, waited for, or is expected. */
  note(line) {
    this.#keep(`# ${line}`);
    console.log(`# ${line}`);
  }

  /** The transcript as Markdown. Identifiers are numbered in the order they appear, and times left out, so that two tours read alike. */
  markdown() {
    return this.#sections
      .map(({ title, text, lines }) => `## ${title}\n\n${text}\n\n\`\`\`text\n${lines.map((line) => this.#lasting(line)).join('\n')}\n\`\`\`\n`)
      .join('\n');
  }

  #keep(...lines) {
    this.#sections.at(-1)?.lines.push(...lines);
  }

  #lasting(line) {
    return withoutSecrets(line)
      .replaceAll(`-${this.suffix}`, '')
      .replaceAll(` ${this.suffix}`, '')
      .replace(MOMENT, '<time>')
      .replace(UUID, (id) => this.#nameOf(id));
  }

  #nameOf(id) {
    if (!this.#names.has(id)) this.#names.set(id, `<id ${this.#names.size + 1}>`);
    return this.#names.get(id);
  }
}

/** A secret is shown by its beginning only. */
function withoutSecrets(line) {
  return line.replace(SECRET, '$1…');
}
