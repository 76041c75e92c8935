import { sequenceState } from './sequence-state.js';
import { proveKind } from './testing/prove-kind.js';

const GRANT = 'identity-grant:app.own_numbered.id';

proveKind(sequenceState, [
  {
    name: 'sees an unlogged sequence, and logs it',
    given: ['create sequence app.own_sequence'],
    by: 'owner',
    breaks: ['alter sequence app.own_sequence set unlogged'],
    finds: ['sequence.persistence sequence:app.own_sequence'],
  },
  {
    name: 'sees that the sequence of an identity column is unlogged, and logs it',
    given: ['create table app.own_numbered (id bigint generated always as identity)', 'grant usage on sequence app.own_numbered_id_seq to app_queue'],
    by: 'owner',
    breaks: ['alter sequence app.own_numbered_id_seq set unlogged'],
    finds: ['column.identityPersistence column:app.own_numbered.id'],
  },
  {
    name: 'sees grants on the sequence of an identity column, which the library leaves out, and takes them back',
    by: 'owner',
    breaks: ['grant select on sequence app.own_numbered_id_seq to app_tenant, public', 'grant update on sequence app.own_numbered_id_seq to app_queue'],
    finds: [`identity-grant.extra ${GRANT}.app_tenant`, `identity-grant.extra ${GRANT}.PUBLIC`, `identity-grant.privileges ${GRANT}.app_queue`],
  },
  {
    name: 'sees that such a grant is gone, and gives it again',
    by: 'owner',
    breaks: ['revoke usage on sequence app.own_numbered_id_seq from app_queue'],
    finds: [`identity-grant.missing ${GRANT}.app_queue`],
  },
]);
