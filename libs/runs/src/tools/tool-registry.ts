import type { ModelToolSpec } from '../models/model.js';
import { BUILT_IN_TOOLS } from './built-in/built-in-tools.js';
import { DuplicateToolError } from './errors.js';
import type { Tool } from './tool.js';

/** What an agent's list of tools stands for. */
export interface ToolSelection {
  readonly specs: readonly ModelToolSpec[];
  /** Names of the list that no tool has. */
  readonly unknown: readonly string[];
}

/** The tools of this process, beside those that the engine does itself. */
export class ToolRegistry {
  private readonly tools = new Map<string, Tool>();

  /** @throws DuplicateToolError */
  constructor(tools: Iterable<Tool> = []) {
    for (const tool of tools) this.add(tool);
  }

  /** @throws DuplicateToolError where another tool, or one of the engine's own, has the name. */
  add(tool: Tool): void {
    if (this.tools.has(tool.name) || BUILT_IN_TOOLS.has(tool.name)) throw new DuplicateToolError(tool.name);
    this.tools.set(tool.name, tool);
  }

  /** The tool of a name; undefined for one that the engine does itself. */
  find(name: string): Tool | undefined {
    return this.tools.get(name);
  }

  /** The names of all tools, the engine's own included, in order. */
  names(): readonly string[] {
    return [...BUILT_IN_TOOLS.keys(), ...this.tools.keys()].sort();
  }

  /** What the model is told of the tools that an agent lists, each once. */
  specsFor(names: readonly string[]): ToolSelection {
    const specs: ModelToolSpec[] = [];
    const unknown: string[] = [];
    for (const name of new Set(names)) {
      const tool = BUILT_IN_TOOLS.get(name) ?? this.tools.get(name);
      if (tool === undefined) unknown.push(name);
      else specs.push({ name, description: tool.description, parameters: tool.parameters });
    }
    return { specs, unknown };
  }
}
