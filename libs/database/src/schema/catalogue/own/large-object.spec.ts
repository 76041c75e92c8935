import { largeObject } from './large-object.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(largeObject, [
  {
    name: 'sees that somebody stores large objects',
    breaks: ['select lo_create(4711)', 'alter large object 4711 owner to app_auth'],
    finds: ['large-object.extra large-object:app_auth'],
    byHand: ['select lo_unlink(4711)'],
  },
]);
