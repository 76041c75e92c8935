import { outsideReader } from './outside-reader.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(outsideReader, [
  {
    name: 'sees views outside the schema that read it',
    breaks: ['create view public.own_peek as select * from app.run', 'create view public.own_polite with (security_invoker = true) as select * from app.run'],
    finds: ['outside-reader.extra outside-reader:view."public.own_peek"', 'outside-reader.extra outside-reader:view."public.own_polite"'],
    byHand: ['drop view public.own_peek, public.own_polite'],
  },
  {
    name: 'sees a materialized view outside the schema',
    breaks: ['create materialized view public.own_copy as select * from app.run'],
    finds: ['outside-reader.extra outside-reader:"materialized view"."public.own_copy"'],
    byHand: ['drop materialized view public.own_copy'],
  },
  {
    name: 'sees functions outside the schema, by what they depend on and by what their text names',
    breaks: [
      'create function public.own_count() returns bigint language sql security definer return (select count(*) from app.run)',
      'create function public.own_text() returns bigint language plpgsql security definer as $$ begin return (select count(*) from app.run); end $$',
      'create function public.own_innocent() returns int language sql security definer as $$ select 1 $$',
    ],
    finds: ['outside-reader.extra outside-reader:function."public.own_count()"', 'outside-reader.extra outside-reader:function."public.own_text()"'],
    byHand: ['drop function public.own_count, public.own_text, public.own_innocent'],
  },
  {
    name: 'sees a foreign key, a rule and a policy of tables outside',
    prepared: ['create table public.own_table (id uuid)'],
    breaks: [
      'alter table public.own_table add constraint own_key foreign key (id) references app.organization (id)',
      'create rule own_rule as on insert to public.own_table do also select count(*) from app.run',
      'create policy own_policy on public.own_table using (id in (select org_id from app.run))',
    ],
    finds: [
      'outside-reader.extra outside-reader:"foreign key"."own_key of public.own_table"',
      'outside-reader.extra outside-reader:rule."public.own_table"',
      'outside-reader.extra outside-reader:policy."own_policy of public.own_table"',
    ],
    byHand: ['drop table public.own_table'],
  },
]);
