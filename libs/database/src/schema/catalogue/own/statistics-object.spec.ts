import { proveKind } from './testing/prove-kind.js';
import { statisticsObject } from './statistics-object.js';

const STATISTICS = 'statistics:app.own_stats';

proveKind(statisticsObject, [
  {
    name: 'sees that statistics are gone, and makes them again with their target',
    given: [
      'create table app.own_counted (a int, b int, c int)',
      'create statistics app.own_stats (ndistinct) on a, b from app.own_counted',
      'alter statistics app.own_stats set statistics 300',
    ],
    by: 'owner',
    breaks: ['drop statistics app.own_stats'],
    finds: [`statistics.missing ${STATISTICS}`],
  },
  {
    name: 'sees statistics that no migration made, and drops them',
    by: 'owner',
    breaks: ['create statistics app.own_more on a, c from app.own_counted'],
    finds: ['statistics.extra statistics:app.own_more'],
  },
  {
    name: 'sees statistics over other columns, and makes them again',
    by: 'owner',
    breaks: [
      'drop statistics app.own_stats',
      'create statistics app.own_stats (ndistinct) on b, c from app.own_counted',
      'alter statistics app.own_stats set statistics 300',
    ],
    finds: [`statistics.def ${STATISTICS}`],
  },
  {
    name: 'sees another target of statistics, and sets it back',
    by: 'owner',
    breaks: ['alter statistics app.own_stats set statistics -1'],
    finds: [`statistics.target ${STATISTICS}`],
  },
  {
    name: 'sees another owner of statistics, which an administrator sets back',
    breaks: ['alter statistics app.own_stats owner to current_user'],
    finds: [`statistics.owner ${STATISTICS}`],
  },
]);
