import { proveKind } from './testing/prove-kind.js';
import { viewColumn } from './view-column.js';

proveKind(viewColumn, [
  {
    name: 'sees grants on columns of a view, and takes them back',
    given: ['create view app.own_view with (security_invoker) as select 1 as one, 2 as two', 'grant select (two) on app.own_view to app_tenant'],
    by: 'owner',
    breaks: ['grant select (one) on app.own_view to app_tenant, public', 'grant update (two) on app.own_view to app_tenant'],
    finds: [
      'view-column-grant.extra view-column-grant:app.own_view.one.PUBLIC',
      'view-column-grant.extra view-column-grant:app.own_view.one.app_tenant',
      'view-column-grant.privileges view-column-grant:app.own_view.two.app_tenant',
    ],
  },
  {
    name: 'sees that a grant on a column of a view is gone, and gives it again',
    by: 'owner',
    breaks: ['revoke select (two) on app.own_view from app_tenant'],
    finds: ['view-column-grant.missing view-column-grant:app.own_view.two.app_tenant'],
  },
  {
    name: 'sees a default of a column of a view, and drops it',
    by: 'owner',
    breaks: ['alter view app.own_view alter one set default 5'],
    finds: ['view-column-default.extra view-column-default:app.own_view.one'],
  },
]);
