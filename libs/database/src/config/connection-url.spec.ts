import { connectionOptions, directUrl, parseConnectionUrl, parseLoginUrl } from './connection-url.js';
import { InvalidSettingError } from './errors.js';

describe('parseConnectionUrl', () => {
  it('reads host, port, database, login and parameters', () => {
    expect(parseConnectionUrl('postgresql://us%40er:p%2Fw@db.example.com:6432/my%20db?sslmode=require&application_name=x')).toEqual({
      host: 'db.example.com',
      port: 6432,
      database: 'my db',
      user: 'us@er',
      password: 'p/w',
      sslMode: 'require',
      rootCertificate: undefined,
      applicationName: 'x',
    });
    expect(parseConnectionUrl('postgres://[::1]/db')).toMatchObject({
      host: '::1',
      port: 5432,
      user: undefined,
      password: undefined,
    });
  });

  it.each([
    ['postgres://u:p@/db?host=/cloudsql/project:region:instance', '/cloudsql/project:region:instance', 5432],
    ['postgres:///db?host=/var/run/postgresql&port=6000', '/var/run/postgresql', 6000],
    ['postgres://u@%2Fvar%2Frun/db', '/var/run', 5432],
    ['postgres://u:a%40b@/db?host=db.internal', 'db.internal', 5432],
  ])('finds the host of %s', (url, host, port) => {
    expect(parseConnectionUrl(url)).toMatchObject({ host, port, database: 'db' });
  });

  it.each([
    ['mysql://u@h/db', /begins with postgres/],
    ['', /begins with postgres/],
    ['postgres://u:p@h:port/db', /no valid URL/],
    ['postgres://u:p@h:0/db', /port outside/],
    ['postgres://u:p@h', /names no database/],
    ['postgres://u:p@/db', /names no host/],
    ['postgres://u:p@h/db?host=/run', /two hosts/],
    ['postgres://u:p@h/db?sslmode=maybe', /unknown sslmode.*verify-full/],
    ['postgres://u:p@h/db?sslmode=disable&sslmode=require', /twice/],
    ['postgres://u:p@h/db?ssl=true', /"ssl".*sslmode/],
    ['postgres://u:100%@h/db', /%25/],
  ])('refuses %s', (url, message) => {
    expect(() => parseConnectionUrl(url)).toThrow(InvalidSettingError);
    expect(() => parseConnectionUrl(url)).toThrow(message);
  });

  it('wants a user where somebody must log in', () => {
    expect(() => parseLoginUrl('postgres://h/db')).toThrow(/names no user/);
  });
});

describe('connectionOptions', () => {
  it('gives the driver fields and one ssl value, never a URL or a sslmode', () => {
    const options = connectionOptions('postgres://u:p@h/db?sslmode=require', {}, { max: 4, application_name: 'api' });
    expect(options).toEqual({
      host: 'h',
      port: 5432,
      database: 'db',
      user: 'u',
      password: 'p',
      ssl: { rejectUnauthorized: false },
      max: 4,
      application_name: 'api',
    });
  });
});

describe('directUrl', () => {
  it('takes host, port, database and TLS of the direct URL and the login of the other', () => {
    expect(directUrl('postgres://own%40er:p%3Aw@pooler:6432/pooled?sslmode=disable', 'postgres://db:5432/plinth?sslmode=verify-full')).toBe(
      'postgres://own%40er:p%3Aw@db:5432/plinth?sslmode=verify-full',
    );
    expect(parseConnectionUrl(directUrl('postgres://u:p@h/db', 'postgres:///db2?host=/run'))).toMatchObject({
      host: '/run',
      user: 'u',
      password: 'p',
      database: 'db2',
    });
  });

  it('is the URL itself without a direct one', () => {
    expect(directUrl('postgres://u:p@h/db')).toBe('postgres://u:p@h/db');
  });

  it('refuses a direct URL that holds a login', () => {
    for (const direct of ['postgres://u@h/db', 'postgres://:p@h/db']) {
      expect(() => directUrl('postgres://u:p@h/db', direct)).toThrow(/must not hold a login/);
    }
  });
});
