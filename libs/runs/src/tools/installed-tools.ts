import type { Tool } from './tool.js';

/** The tools of this installation, beside the built-in ones. docs/adding-a-tool.md tells how to add one. */
export const INSTALLED_TOOLS: readonly Tool[] = [];
