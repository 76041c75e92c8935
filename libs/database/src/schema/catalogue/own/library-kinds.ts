/**
 * Kinds of facts that the comparing library has too. An own fact of such a kind only adds attributes to one that the library read: where
 * the library has none (what an extension owns, what a partition inherits), there is nothing to add to, and the own fact says nothing.
 */
export const OF_LIBRARY: ReadonlySet<string> = new Set(['table', 'column', 'constraint', 'index', 'sequence', 'function', 'procedure', 'materializedView']);
