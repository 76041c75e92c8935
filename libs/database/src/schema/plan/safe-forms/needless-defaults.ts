import type { SafeForm } from './safe-form.js';

/** A column's default is taken away before its type changes, also where there is none: that would only lock the table for nothing. */
export const needlessDefault: SafeForm = (action, { from }) => {
  const key = action.about[0];
  if (!key.startsWith('column:') || !/ ALTER COLUMN .+ DROP DEFAULT$/.test(action.sql)) return undefined;
  return from.facts.has(key.replace(/^column:/, 'default:')) ? undefined : [];
};
