import { eventTrigger } from './event-trigger.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(eventTrigger, [
  {
    name: 'sees an event trigger, which an administrator drops',
    prepared: ['create function public.own_event() returns event_trigger language plpgsql as $$ begin end $$'],
    breaks: ['create event trigger own_watch on ddl_command_end execute function public.own_event()'],
    finds: ['eventTrigger.extra eventTrigger:own_watch'],
  },
]);
