import { ModelCallError } from '../errors.js';
import type { ModelToolCall } from '../model.js';
import { asObject, asText } from './json-reading.js';

interface Draft {
  id: string | undefined;
  name: string;
  arguments: string;
}

/** Puts tool calls together from the pieces that a stream sends them in. */
export class ToolCallAssembler {
  private readonly drafts: Draft[] = [];
  private readonly byIndex = new Map<number, Draft>();

  constructor(private readonly maxCalls: number) {}

  /** One piece. @throws ModelCallError for more calls than allowed. */
  add(piece: unknown): void {
    const { index, id, function: named } = asObject(piece) ?? {};
    const draft = this.draftFor(typeof index === 'number' ? index : undefined, asText(id));
    const { name, arguments: json } = asObject(named) ?? {};
    draft.name ||= asText(name) ?? '';
    if (typeof json === 'string') draft.arguments += json;
    else if (asObject(json) !== undefined) draft.arguments = JSON.stringify(json);
  }

  /**
   * The calls, with ids that are unique among themselves and `usedIds`. Endpoints number each answer from 0, or give no id.
   * @throws ModelCallError for a call that names no tool.
   */
  finish(usedIds: ReadonlySet<string>): readonly ModelToolCall[] {
    const used = new Set(usedIds);
    return this.drafts.map(({ id, name, arguments: json }) => {
      if (name === '') throw new ModelCallError('unknown', 'its answer calls a tool without a name.');
      const unique = id === undefined || used.has(id) ? freeId(used) : id;
      used.add(unique);
      return { id: unique, name, arguments: json.trim() === '' ? '{}' : json };
    });
  }

  /** A piece belongs to the call of its index, unless it brings another id; without both, to the latest call. */
  private draftFor(index: number | undefined, id: string | undefined): Draft {
    const known = index === undefined ? this.drafts.findLast((draft) => id === undefined || draft.id === id) : this.byIndex.get(index);
    if (known !== undefined && (id === undefined || known.id === undefined || known.id === id)) {
      known.id ??= id;
      return known;
    }
    if (this.drafts.length >= this.maxCalls) throw new ModelCallError('unknown', `its answer calls more than ${this.maxCalls} tools (MODEL_MAX_TOOL_CALLS).`);
    const draft = { id, name: '', arguments: '' };
    this.drafts.push(draft);
    if (index !== undefined) this.byIndex.set(index, draft);
    return draft;
  }
}

function freeId(used: ReadonlySet<string>): string {
  let number = used.size + 1;
  while (used.has(`call_${number}`)) number += 1;
  return `call_${number}`;
}
