/**
 * The dependency rules of docs/architecture.md, as a table. Each fence says which files (`from`) may not import what (`to`), both as
 * regular expressions over paths from the root of the repository; a package is written `package:name` and a door `door:#name`.
 * `except` takes files out of a fence. The groups of `from` can be named in `to` as $1.
 */
const SPEC = /\.((e2e|proof)-)?spec\.ts$/;
const SOURCES = /^(apps|libs)\/.*\.ts$/;

export const FENCES = [
  {
    name: 'apps-apart',
    from: /^apps\/([^/]+)\//,
    to: (app) => new RegExp(`^apps/(?!${app}/)`),
    message: 'An app never imports another app. Move what both need into a library and import it by its door.',
  },
  {
    name: 'library-doors-from-apps',
    from: /^apps\//,
    to: () => /^libs\//,
    message: 'A library is reached only by its doors. Import "#database", "#queue" or another door of package.json; export what is missing there.',
  },
  {
    name: 'library-doors-from-libraries',
    from: /^libs\/([^/]+)\//,
    to: (library) => new RegExp(`^libs/(?!${library}/)`),
    message: 'A library is reached only by its doors. Import "#database", "#queue" or another door of package.json; export what is missing there.',
  },
  {
    name: 'libraries-know-no-app',
    from: /^libs\//,
    to: () => /^apps\//,
    message: 'A library knows no app. Hand it what it needs when the app starts, or move the code into the library.',
  },
  {
    name: 'own-door',
    from: /^libs\/([^/]+)\/src\//,
    except: [SPEC],
    to: (library) => new RegExp(`^libs/${library}/src/index\\.ts$|^door:#${library}(/|$)`),
    message: 'Nothing imports the door of its own library: that makes circles. Import the file itself by its relative path.',
  },
  {
    name: 'database-is-the-base',
    from: /^libs\/database\//,
    to: () => /^door:#(?!database(\/|$))/,
    message: 'libs/database imports no other library. Declare an interface here and let the other library implement it.',
  },
  {
    name: 'queue-imports-database-only',
    from: /^libs\/queue\//,
    to: () => /^door:#(?!(database|queue)(\/|$))/,
    message: 'libs/queue imports only "#database". A handler that needs a domain belongs into the worker or into that domain.',
  },
  {
    name: 'service-imports-database-only',
    from: /^libs\/service\//,
    to: () => /^door:#(?!(database|service)(\/|$))/,
    message: 'libs/service imports only "#database": it runs any service and knows none. Let main hand it what it needs.',
  },
  {
    name: 'client-imports-no-library',
    from: /^(libs\/client|apps\/cli)\//,
    except: [SPEC, /^[^/]+\/[^/]+\/test\//],
    to: () => /^door:#(?!client(\/|$))/,
    message: 'The client and the command line know the API by HTTP alone, as anybody outside. Say what is missing by a route, and generate the types again.',
  },
  {
    name: 'client-runs-anywhere',
    from: /^libs\/client\/src\//,
    except: [SPEC],
    to: () => /^package:(?!openapi-fetch$)/,
    message: 'libs/client is fetch, the generated types and openapi-fetch, so that anybody can load it. Keep other packages out of it.',
  },
  {
    name: 'domains-apart',
    from: /^libs\/(?!database\/|queue\/|service\/|client\/)([^/]+)\//,
    to: (domain) => new RegExp(`^door:#(?!(database|queue|${domain})(/|$))`),
    message: 'A domain library imports "#database" and "#queue" and no other domain. Let the app bring the two together.',
  },
  {
    name: 'typeorm',
    from: SOURCES,
    except: [/^libs\/database\//, /^libs\/[^/]+\/src\/persistence\//],
    to: () => /^package:typeorm$/,
    message: 'typeorm is named only under libs/database and libs/*/src/persistence. Call a persistence function, or a repository of the Db you were given.',
  },
  {
    name: 'nestjs-typeorm',
    from: SOURCES,
    except: [/^libs\/database\//],
    to: () => /^package:@nestjs\/typeorm$/,
    message: '@nestjs/typeorm is named only under libs/database. Take the injected TenantConnection and its repositories.',
  },
  {
    name: 'pg',
    from: SOURCES,
    except: [/^libs\/(database|queue)\//],
    to: () => /^package:pg(-|$)/,
    message: 'pg is named only under libs/database and libs/queue. Work through the Db you were given; tests take what "#database/testing" offers.',
  },
  {
    name: 'no-native-driver',
    from: /./,
    to: () => /^package:(pg-native|libpq)$/,
    message: 'The native driver is refused at boot: the one-round-trip form is built on pg itself.',
  },
  {
    name: 'migrations-are-frozen',
    from: /^libs\/database\/src\/migrations\//,
    except: [SPEC],
    to: () => /^libs\/database\/src\/(entities|seeds|tenancy)\//,
    message: 'A migration is frozen SQL and never imports entities, seeds or tenancy: they go on changing after it has run. Write the SQL out.',
  },
  {
    name: 'schema-tools-are-not-served',
    from: /^(apps|libs)\/[^/]+\/src\//,
    except: [SPEC, /^libs\/database\/src\/(schema|testing|cli)\//, /\/testing\//],
    to: () => /^door:#database\/schema$|^libs\/database\/src\/schema\//,
    message:
      'A process that serves never loads #database/schema: it costs about 135 MB. Use the fingerprint check of health, or a command under libs/database/src/cli.',
  },
  {
    name: 'test-tools-are-not-served',
    from: /^(apps|libs)\/[^/]+\/src\//,
    except: [SPEC, /\/testing\//, /^libs\/database\/src\/cli\//],
    to: () => /^door:#database\/testing$|^libs\/[^/]+\/src\/(.+\/)?testing\//,
    message: 'Test tools are for *.spec.ts, *.e2e-spec.ts, *.proof-spec.ts and testing folders. What a serving process needs belongs elsewhere.',
  },
];
