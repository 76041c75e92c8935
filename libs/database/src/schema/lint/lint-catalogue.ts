import type { ClientBase } from 'pg';
import { ACCEPTED, type AcceptedFinding } from './accepted.js';
import type { LintFinding } from './finding.js';
import { readModel } from './model/read-model.js';
import { RULES } from './rules/index.js';
import { pageOf, type CatalogueRule, type ObjectFinding, type Schema } from './rules/rule.js';
import { schemaView } from './schema-view.js';

export interface CatalogueReport {
  /** How many rules looked. */
  readonly rules: number;
  /** How many tables, functions, views and sequences they looked at. */
  readonly objects: number;
  readonly findings: readonly LintFinding[];
  readonly accepted: readonly (AcceptedFinding & { readonly says: string })[];
}

export interface Found {
  readonly rule: CatalogueRule;
  readonly finding: ObjectFinding;
}

const CATALOGUE_RULES = RULES.filter((rule) => rule.looksAt === 'catalogue');

/** One migration's schema after is the next one's before. */
const findings = new WeakMap<Schema, Promise<Found[]>>();

/** What the rules about the catalogue say of a schema, in the order of the rules. */
export function catalogueFindings(schema: Schema): Promise<Found[]> {
  const known = findings.get(schema) ?? askRules(schema);
  findings.set(schema, known);
  return known;
}

async function askRules(schema: Schema): Promise<Found[]> {
  const found = await Promise.all(CATALOGUE_RULES.map(async (rule) => (await rule.check(schema)).map((finding) => ({ rule, finding }))));
  return found.flat();
}

/**
 * Runs the rules on the catalogue that `client` is connected to; any role may. An accepted finding is listed apart; an acceptance that
 * nothing needs is a finding of the rule `accepted-unused`.
 * @throws what PostgreSQL answers
 */
export async function lintCatalogue(client: Pick<ClientBase, 'query'>, accepted: readonly AcceptedFinding[] = ACCEPTED): Promise<CatalogueReport> {
  const schema = schemaView(await readModel(client));
  const found = await catalogueFindings(schema);
  const acceptanceOf = ({ rule, finding }: Found): AcceptedFinding | undefined =>
    accepted.find((each) => each.rule === rule.id && each.object === finding.object);
  const unused = accepted.filter((each) => !found.some((one) => acceptanceOf(one) === each));
  const { tables, functions, views, sequences } = schema.model;
  return {
    rules: CATALOGUE_RULES.length,
    objects: tables.length + functions.length + views.length + sequences.length,
    findings: [...found.filter((each) => acceptanceOf(each) === undefined).map(toLintFinding), ...unused.map(unusedAcceptance)],
    accepted: found.flatMap((each) => {
      const acceptance = acceptanceOf(each);
      return acceptance === undefined ? [] : [{ ...acceptance, says: each.finding.says }];
    }),
  };
}

function toLintFinding({ rule, finding }: Found): LintFinding {
  return { rule: rule.id, severity: rule.severity, object: finding.object, says: finding.says, mend: rule.mend, page: pageOf(rule.id) };
}

function unusedAcceptance({ rule, object }: AcceptedFinding): LintFinding {
  return {
    rule: 'accepted-unused',
    severity: 'error',
    object,
    says: `"${rule}" has nothing to say about "${object}" any more, and accepted.ts still accepts it.`,
    mend: 'Remove its line from libs/database/src/schema/lint/accepted.ts.',
    page: 'docs/schema-rules/README.md',
  };
}
