import type { FactMap, SchemaFact } from '../../catalogue/fact.js';
import type { OwnFactKind } from '../../catalogue/own/own-fact-kind.js';
import { differencesBetween } from '../../compare/differences.js';
import { findingOf, ruleKeyOf } from '../../compare/findings.js';
import type { Severity } from '../../compare/finding.js';
import type { Diagnosis, DiagnosisOutcome } from '../diagnosis.js';
import { makeRoles, ok, sql } from '../diagnosis.js';
import { majorOf, type ReachedLogin } from '../logins/login.js';

const OUTCOME: Readonly<Record<Severity, DiagnosisOutcome>> = { error: 'wrong', warning: 'warning', info: 'ok' };

/**
 * What differs from what should be, of kinds of facts that say themselves what should be: roles, memberships, settings, rights on the
 * database. `fine` is what is said where nothing does.
 */
export async function lookAtKinds(login: ReachedLogin, kinds: readonly OwnFactKind[], subject: string, fine: string): Promise<Diagnosis[]> {
  const found = await Promise.all(kinds.map((kind) => lookAt(login, kind)));
  return found.flat().length > 0 ? found.flat() : [ok(subject, fine)];
}

async function lookAt(login: ReachedLogin, kind: OwnFactKind): Promise<Diagnosis[]> {
  const server = { major: majorOf(login) };
  const actual = byKey(await kind.read(login.client, server));
  return differencesBetween(byKey(kind.expected?.(server) ?? []), actual).map((difference) => {
    const repair = kind.repairs[ruleKeyOf(difference)]?.(difference) ?? [];
    const finding = findingOf(
      difference,
      repair.map((statement) => statement.sql),
    );
    const { name } = login.facts.identity;
    const mend = repair.length === 0 ? makeRoles(name) : sql(name, finding.repair.join(';\n'));
    const attribute = finding.attribute === undefined ? '' : `${finding.attribute} of `;
    const sides = finding.expected === null ? '' : `: should be "${finding.expected}", is ${finding.actual === null ? 'not there' : `"${finding.actual}"`}`;
    return {
      subject: finding.object.name,
      outcome: OUTCOME[finding.severity],
      says: `${attribute}${finding.object.kind} ${finding.object.name}${sides}. ${finding.explanation}`,
      mend,
    };
  });
}

function byKey(facts: readonly SchemaFact[]): FactMap {
  return new Map(facts.map((fact) => [fact.key, fact]));
}
