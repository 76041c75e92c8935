import { explainUnreachable } from './unreachable.js';

const connection = { user: 'app_login', password: 'geheim', host: 'db.example.com', port: 6432, database: 'plinth' };

function failure(message: string, code?: string): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}

it('says who wanted to go where, what was answered, and what to do about it, without the password', () => {
  const text = explainUnreachable('DATABASE_URL', connection, failure('connect ECONNREFUSED 10.0.0.1:6432', 'ECONNREFUSED'));
  expect(text).toBe(
    'DATABASE_URL: "app_login" could not connect to database "plinth" at db.example.com:6432: connect ECONNREFUSED 10.0.0.1:6432. ' +
      'Check host and port, and that PostgreSQL runs there and can be reached from here.',
  );
});

it.each([
  ['getaddrinfo ENOTFOUND db.example.com', 'ENOTFOUND', 'the name of the host'],
  ['password authentication failed for user "app_login"', '28P01', 'user and password'],
  ['database "plinth" does not exist', '3D000', 'the name of the database'],
  ['sorry, too many clients already', '53300', 'pool sizes'],
  ['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'PG_SSL_ROOT_CERT'],
  ['timeout expired', undefined, 'host and port'],
])('on "%s" names the next step', (message, code, step) => {
  const text = explainUnreachable('DATABASE_URL', connection, failure(message, code));
  expect(text).toContain(message);
  expect(text.slice(text.indexOf(message) + message.length)).toContain(step);
});

it('finds a reason in an error of several addresses, and names a socket as one', () => {
  const several = new AggregateError([failure('connect ECONNREFUSED ::1:5432', 'ECONNREFUSED')], '');
  expect(explainUnreachable('DATABASE_URL', connection, Object.assign(several, { code: 'ECONNREFUSED' }))).toContain(
    'connect ECONNREFUSED ::1:5432. Check host',
  );
  expect(explainUnreachable('DATABASE_URL', { ...connection, host: '/cloudsql/x' }, failure('gone', 'ENOENT'))).toContain(
    'at the socket in /cloudsql/x: gone. Check the folder',
  );
});
