import type { FindingRules } from '../finding-words.js';

const FUNCTION = { driftClass: 'security', severity: 'error' } as const;
const VIEW = { driftClass: 'security', severity: 'error' } as const;

/** Functions, triggers, views, and what else holds code or words. */
export const codeRules: FindingRules = {
  'function.missing': { code: 'FUNCTION_MISSING', ...FUNCTION, explain: 'Policies, triggers and services call the function: they fail.' },
  'function.extra': {
    code: 'FUNCTION_EXTRA',
    ...FUNCTION,
    explain: 'No migration makes this function. With SECURITY DEFINER it runs with its owner’s rights, and the search path finds it before others of its name.',
  },
  'function.def': {
    code: 'FUNCTION_CHANGED',
    ...FUNCTION,
    explain: 'The function does something else than was decided. Policies and entering an organization rely on functions.',
  },
  'function.owner': { code: 'OWNER_CHANGED', ...FUNCTION, explain: 'A SECURITY DEFINER function runs with the rights of its owner. It must be app_owner.' },
  'function.*': { code: 'FUNCTION_CHANGED', ...FUNCTION, explain: 'The function is declared differently than was decided.' },
  'procedure.extra': { code: 'FUNCTION_EXTRA', ...FUNCTION, explain: 'No migration makes this procedure.' },
  'aggregate.extra': { code: 'FUNCTION_EXTRA', ...FUNCTION, explain: 'No migration makes this aggregate.' },
  'trigger.missing': {
    code: 'TRIGGER_MISSING',
    driftClass: 'data',
    severity: 'error',
    explain: 'What the trigger keeps right (time stamps, versions, immutability, the queue’s order) is no longer kept.',
  },
  'trigger.extra': {
    code: 'TRIGGER_EXTRA',
    driftClass: 'security',
    severity: 'error',
    explain: 'No migration makes this trigger. It runs code at every write, and can copy or change rows.',
  },
  'trigger.def': {
    code: 'TRIGGER_CHANGED',
    driftClass: 'data',
    severity: 'error',
    explain: 'The trigger fires for other events or rows, or calls another function.',
  },
  'trigger.enabled': {
    code: 'TRIGGER_SWITCHED',
    driftClass: 'data',
    severity: 'error',
    explain: 'A trigger that is disabled, or that fires only on replicas, keeps nothing right.',
  },
  'view.missing': { code: 'VIEW_MISSING', driftClass: 'data', severity: 'error', explain: 'What reads the view fails.' },
  'view.extra': {
    code: 'VIEW_EXTRA',
    ...VIEW,
    explain: 'No migration makes this view. Without security_invoker it reads with its owner’s rights: whoever may select from it can see every tenant’s rows.',
  },
  'view.*': { code: 'VIEW_CHANGED', ...VIEW, explain: 'The view shows other rows, or with other rights, than was decided.' },
  'materializedView.extra': {
    code: 'VIEW_EXTRA',
    ...VIEW,
    explain: 'No migration makes this materialized view. It keeps a copy of rows that no policy guards.',
  },
  'rule.extra': {
    code: 'RULE_EXTRA',
    driftClass: 'security',
    severity: 'error',
    explain: 'No migration makes this rewrite rule. It turns statements into others.',
  },
  'comment.missing': { code: 'COMMENT_MISSING', driftClass: 'cosmetic', severity: 'info', explain: 'The description in the database is gone.' },
  'comment.extra': { code: 'COMMENT_EXTRA', driftClass: 'cosmetic', severity: 'info', explain: 'Somebody described this in the database; no migration does.' },
  'comment.text': { code: 'COMMENT_CHANGED', driftClass: 'cosmetic', severity: 'info', explain: 'The description in the database is another.' },
  'type.extra': { code: 'OBJECT_EXTRA', driftClass: 'extra', severity: 'info', explain: 'No migration makes this type.' },
  'domain.extra': { code: 'OBJECT_EXTRA', driftClass: 'extra', severity: 'info', explain: 'No migration makes this domain.' },
};
