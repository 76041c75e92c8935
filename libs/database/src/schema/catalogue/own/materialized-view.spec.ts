import { materializedView } from './materialized-view.js';
import { proveKind } from './testing/prove-kind.js';

proveKind(materializedView, [
  {
    name: 'sees a materialized view without data, and fills it',
    given: ['create materialized view app.own_copy as select 1 as one'],
    by: 'owner',
    breaks: ['refresh materialized view app.own_copy with no data'],
    finds: ['materializedView.populated materializedView:app.own_copy'],
  },
]);
