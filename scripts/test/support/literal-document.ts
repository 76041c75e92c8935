import { readFileSync } from 'node:fs';

/** One code block of a document, as an act: a file to write, a line to add to or put in the place of, lines of a file that was made, or commands to run. */
export type Step =
  | { readonly act: 'new'; readonly line: number; readonly path: string; readonly text: string }
  | { readonly act: 'after' | 'replace'; readonly line: number; readonly path: string; readonly anchor: string; readonly text: string }
  /** `path` may hold one `*`: the time in a name is not known before. */
  | { readonly act: 'shows'; readonly line: number; readonly path: string; readonly text: string }
  | { readonly act: 'run'; readonly line: number; readonly commands: readonly string[] };

const FENCE = /^```(.*)$/;
const NEW_FILE = /^\w+ new=(\S+)$/;
const EDIT = /^\w+ in=(\S+) (after|replace)="(.*)"$/;
const SHOWN = /^\w+ shows=(\S+)$/;
const RUN = /^sh run$/;

/**
 * The code blocks of a Markdown file whose info strings say what to do with them: `ts new=path`, `ts in=path after="line"`,
 * `ts in=path replace="line"`, `ts shows=path` or `sh run`.
 * @throws on a block that says nothing of the kind, and on one that is not closed.
 */
export function stepsOf(file: string): Step[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const steps: Step[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const info = FENCE.exec(lines[at] ?? '')?.[1];
    if (info === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`The block in line ${at + 1} is not closed.`);
    steps.push(stepOf(info, at + 1, lines.slice(at + 1, end)));
    at = end;
  }
  return steps;
}

function stepOf(info: string, line: number, block: readonly string[]): Step {
  const text = `${block.join('\n')}\n`;
  const [, newPath] = NEW_FILE.exec(info) ?? [];
  if (newPath !== undefined) return { act: 'new', line, path: newPath, text };
  const [, shownPath] = SHOWN.exec(info) ?? [];
  if (shownPath !== undefined) return { act: 'shows', line, path: shownPath, text };
  const [, path, act, anchor] = EDIT.exec(info) ?? [];
  if (path !== undefined && anchor !== undefined) return { act: act === 'after' ? 'after' : 'replace', line, path, anchor, text };
  if (RUN.test(info)) return { act: 'run', line, commands: block.filter((command) => command.trim() !== '') };
  throw new Error(`The block in line ${line} does not say what to do with it: "${info}".`);
}

/** `source` with the step's text after the one line that is its anchor, or in the place of it. @throws unless exactly one line is. */
export function edited(source: string, step: Extract<Step, { act: 'after' | 'replace' }>): string {
  const lines = source.split('\n');
  const found = lines.filter((line) => line === step.anchor).length;
  if (found !== 1) throw new Error(`"${step.path}" has ${found} lines that say: ${step.anchor}`);
  const at = lines.indexOf(step.anchor);
  lines.splice(step.act === 'after' ? at + 1 : at, step.act === 'after' ? 0 : 1, ...step.text.slice(0, -1).split('\n'));
  return lines.join('\n');
}
