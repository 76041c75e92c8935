import { getMetadataStorage } from 'class-validator';
import { configClasses } from './all-areas.js';
import { ENVIRONMENT_KINDS } from './environment.js';
import { areaOf, type ConfigClass, type VariableDeclaration } from './registry.js';

const WIDTH = 118;

/** The whole text of `.env.example`. Every setting is commented out, so that a copy of the file changes nothing by itself. */
export function renderEnvExample(): string {
  const sections = configClasses().map((area) => {
    const { title, variables } = areaOf(area);
    return `${`# ---- ${title} `.padEnd(WIDTH, '-')}\n\n${variables.map((variable) => renderExampleVariable(area, variable)).join('\n\n')}`;
  });
  return [
    ...wrap(
      'Settings of Plinth, made from the configuration classes by "npm run config:docs". Copy this file to .env and take the # away from what you want to change. What is set in the environment wins over .env. After = stands the default, or an example where there is none.',
    ).map((line) => `# ${line}`),
    '',
    sections.join('\n\n'),
    '',
    '# ---- Further databases '.padEnd(WIDTH, '-'),
    '',
    ...wrap('A database of your own for getDatabaseConnection("reports"), named in capitals. It follows the same rules as DATABASE_URL.').map(
      (line) => `# ${line}`,
    ),
    '#DATABASES_REPORTS_URL=postgres://reports:change-me@localhost:5432/reports',
    '',
  ].join('\n');
}

/** The whole text of docs/configuration.md. */
export function renderConfigurationDocs(): string {
  const sections = configClasses().map((area) => {
    const { title, variables } = areaOf(area);
    const rows = variables.map(
      (variable) => `| \`${variable.name}\` | ${cell(variable.description)} | ${cell(defaultOf(area, variable))} | ${cell(boundsOf(area, variable) || ' ')} |`,
    );
    return `## ${title}\n\n| variable | meaning | default | allowed |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

const INTRODUCTION = `# Configuration

Made from the configuration classes (\`libs/database/src/config/areas\`) by \`npm run config:docs\`; a test compares. Do not edit it by hand.

Settings come from the environment and, where a variable is not set there, from \`.env\` in the working directory. A wrong setting
stops the boot with its name, its value (secrets and the passwords of URLs are masked) and what is allowed; all wrong ones are reported together.
An empty value counts as not set.

**Which rules hold.** The rules of development (default secrets, plain connections to remote databases, \`http\` and \`file\` repositories,
listening on this machine only) hold with \`NODE_ENV=development\` or \`test\`, or when the process has itself joined the embedded
PostgreSQL. That last fact is kept in the memory of the process, so that no variable can pretend it. Everything else, an unknown or
forgotten \`NODE_ENV\` too, is production.

**TLS to PostgreSQL.** \`sslmode\` in a URL and the two \`PG_SSL_*\` variables resolve once into one setting:

| sslmode | without \`PG_SSL_*\` | \`PG_SSL_ALLOW_SELF_SIGNED=true\` | \`PG_SSL_ROOT_CERT\` set |
| --- | --- | --- | --- |
| none | plain | encrypted, server not proven | certificate and host name verified |
| \`disable\`, \`allow\` | plain | refused: contradictory | refused: contradictory |
| \`prefer\`, \`require\` | encrypted, server not proven | encrypted, server not proven | certificate verified |
| \`verify-ca\` | verified by the system's authorities | refused: contradictory | certificate verified |
| \`verify-full\` | the same, and the host name | refused: contradictory | certificate and host name verified |

There is no second attempt: \`prefer\` does not fall back to plain text and \`allow\` does not upgrade. Both \`PG_SSL_*\` together are refused:
to trust one self-signed certificate, make it the root certificate. \`sslrootcert\` in a URL is the root certificate of that connection alone.
A unix socket has no TLS and ignores \`PG_SSL_*\`; \`require\` and stronger on one are refused.

**Connection URLs.** \`postgres://user:password@host:port/database\`, special characters in the password %-escaped. A unix socket is named by its folder:
\`postgres://user:password@/database?host=/cloudsql/project:region:instance\`. Allowed parameters are \`host\`, \`port\`, \`sslmode\`, \`sslrootcert\` and \`application_name\`.
\`DATABASES_<NAME>_URL\` names a further database and follows the same rules.
`;

function renderExampleVariable(area: ConfigClass, variable: VariableDeclaration): string {
  const facts = [`Default: ${defaultOf(area, variable)}.`];
  const bounds = boundsOf(area, variable);
  if (bounds !== '') facts.push(`Allowed: ${bounds}.`);
  return [...wrap(`${variable.description} ${facts.join(' ')}`).map((line) => `# ${line}`), `#${variable.name}=${exampleOf(area, variable)}`].join('\n');
}

function exampleOf(area: ConfigClass, variable: VariableDeclaration): string {
  if (variable.example !== undefined) return variable.example;
  const initial: unknown = Reflect.get(new area(), variable.property);
  return variable.defaults?.production ?? variable.defaults?.development ?? textOfDefault(initial);
}

function defaultOf(area: ConfigClass, variable: VariableDeclaration): string {
  const { defaults } = variable;
  const initial: unknown = Reflect.get(new area(), variable.property);
  if (defaults !== undefined) {
    return ENVIRONMENT_KINDS.map((kind) => `${defaultText(variable, defaults[kind])} in ${kind}`).join(', ');
  }
  if (initial === undefined) return variable.optional === true ? 'not set' : 'none, must be set';
  return textOfDefault(initial) || 'empty';
}

function defaultText(variable: VariableDeclaration, text: string | undefined): string {
  if (text === undefined) return variable.optional === true ? 'not set' : 'none, must be set';
  return variable.secret === true ? 'a published value' : text;
}

function textOfDefault(initial: unknown): string {
  if (typeof initial === 'string' || typeof initial === 'number' || typeof initial === 'boolean') return String(initial);
  return Array.isArray(initial) ? initial.join(',') : '';
}

/** What the class-validator decorators of the property allow, in words, with the unit. */
function boundsOf(area: ConfigClass, variable: VariableDeclaration): string {
  const rules = getMetadataStorage()
    .getTargetValidationMetadatas(area, area.name, true, false)
    .filter((rule) => rule.propertyName === variable.property);
  const limit = (name: string): unknown => rules.find((rule) => rule.name === name)?.constraints?.[0];
  const unit = variable.unit === undefined ? '' : ` ${variable.unit}`;
  const values = limit('isIn');
  if (Array.isArray(values)) return values.join(', ');
  const parts: string[] = [];
  if (limit('min') !== undefined) parts.push(`${String(limit('min'))} to ${String(limit('max'))}${unit}`);
  if (limit('minLength') !== undefined) parts.push(`at least ${String(limit('minLength'))} characters`);
  if (limit('maxLength') !== undefined) parts.push(`at most ${String(limit('maxLength'))} characters`);
  if (typeof Reflect.get(new area(), variable.property) === 'boolean') parts.push('true, false');
  return parts.join(', ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 3 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
