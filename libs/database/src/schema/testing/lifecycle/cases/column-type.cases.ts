import type { DriftCases } from '../drift-case.js';

export const COLUMN_TYPE_CASES: DriftCases = {
  kind: 'column type',
  cases: [
    {
      name: 'a shorter varchar than declared',
      breaks: ['alter table app.email_template alter column subject type varchar(200)'],
      finds: { key: 'column:app.email_template.subject', attribute: 'type', driftClass: 'data', words: [/\(255\)/, /\(200\)/] },
      repair: 'owner',
      plan: { lock: 'ACCESS EXCLUSIVE', rewrite: false },
    },
    {
      name: 'a longer varchar than declared',
      breaks: ['alter table app.agent alter column model type varchar(300)'],
      finds: { key: 'column:app.agent.model', attribute: 'type', driftClass: 'data', words: [/\(255\)/, /\(300\)/] },
      repair: 'owner',
    },
    {
      name: 'a varchar without a length',
      breaks: ['alter table app.email_notification alter column provider_message_id type varchar'],
      finds: { key: 'column:app.email_notification.provider_message_id', attribute: 'type', driftClass: 'data', words: [/\(255\)/] },
      repair: 'owner',
    },
    {
      name: 'text where a varchar is declared',
      breaks: ['alter table app.stripe_customer alter column name type text'],
      finds: { key: 'column:app.stripe_customer.name', attribute: 'type', driftClass: 'data', words: [/text/, /\(255\)/] },
      repair: 'owner',
    },
    {
      name: 'a timestamp without its time zone',
      breaks: ['alter table app.run alter column completed_at type timestamp'],
      finds: { key: 'column:app.run.completed_at', attribute: 'type', driftClass: 'data', words: [/without time zone/, /with time zone/] },
      repair: 'destructive',
    },
    {
      name: 'json where jsonb is declared',
      breaks: ['alter table app.task alter column output type json'],
      finds: { key: 'column:app.task.output', attribute: 'type', driftClass: 'data', words: [/json\b/, /jsonb/] },
      repair: 'destructive',
    },
    {
      name: 'more decimals than declared',
      breaks: ['alter table app.organization_usage alter column total_cost type numeric(12,6)'],
      finds: { key: 'column:app.organization_usage.total_cost', attribute: 'type', driftClass: 'data', words: [/\(10,4\)/, /\(12,6\)/] },
      repair: 'destructive',
      plan: { rewrite: true, loses: /numeric\(12,6\) to numeric\(10,4\)/ },
    },
    {
      name: 'a wider number than declared',
      breaks: ['alter table app.api_call alter column status_code type integer'],
      finds: { key: 'column:app.api_call.status_code', attribute: 'type', driftClass: 'data', words: [/smallint/, /integer/] },
      repair: 'owner',
      plan: { lock: 'ACCESS EXCLUSIVE', rewrite: true },
    },
    {
      name: 'a narrower number than declared',
      breaks: ['alter table app.file alter column size_bytes type integer'],
      finds: { key: 'column:app.file.size_bytes', attribute: 'type', driftClass: 'data', words: [/bigint/, /integer/] },
      repair: 'owner',
    },
    {
      name: 'a varchar where a fixed length is declared',
      breaks: ['alter table app.payment alter column currency type varchar(3)'],
      finds: { key: 'column:app.payment.currency', attribute: 'type', driftClass: 'data', words: [/character\(3\)/, /varying\(3\)/] },
      repair: 'destructive',
    },
    {
      name: 'an array of another type',
      breaks: ['alter table app.api_key alter column scopes drop default', 'alter table app.api_key alter column scopes type varchar(50)[]'],
      finds: { key: 'column:app.api_key.scopes', attribute: 'type', driftClass: 'data', words: [/text\[\]/, /varying\(50\)\[\]/] },
      alsoFinds: ['default:app.api_key.scopes'],
      repair: 'destructive',
    },
    {
      name: 'text where a uuid is declared',
      breaks: ['alter table app.api_call alter column api_key_id type text'],
      finds: { key: 'column:app.api_call.api_key_id', attribute: 'type', driftClass: 'data', words: [/uuid/, /text/] },
      repair: 'destructive',
    },
    {
      name: 'a number where a truth value is declared',
      breaks: ['alter table app.role alter column is_system drop default', 'alter table app.role alter column is_system type integer using is_system::integer'],
      finds: { key: 'column:app.role.is_system', attribute: 'type', driftClass: 'data', words: [/boolean/, /integer/] },
      alsoFinds: ['default:app.role.is_system'],
      repair: 'destructive',
    },
    {
      name: 'text where a network address is declared',
      breaks: ['alter table app.file_access_log alter column ip type text'],
      finds: { key: 'column:app.file_access_log.ip', attribute: 'type', driftClass: 'data', words: [/inet/, /text/] },
      repair: 'destructive',
    },
  ],
};
