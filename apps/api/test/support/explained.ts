import type { TenantConnection } from '#database';

/** A statement on its way to PostgreSQL, as the connection sends it. */
interface Sent {
  readonly text: string;
  readonly name: string | null;
  readonly values: readonly unknown[];
}
type Send = (statements: readonly Sent[]) => Promise<{ readonly rows: readonly Record<string, unknown>[] }[]>;

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** How PostgreSQL carries a statement out. */
export interface Plan {
  /** Names of the kinds of its nodes, such as `Index Scan`. */
  readonly nodes: readonly string[];
  /** Names of the indexes that it reads. */
  readonly indexes: readonly string[];
}

/**
 * The plans of the statements that `work` sends over `db`, each asked for on the way of the statement itself: the same text and values,
 * under the role of the tenant, in its organization.
 */
export async function explained(db: TenantConnection, work: (db: TenantConnection) => Promise<unknown>): Promise<Plan[]> {
  const send = (Reflect.get(db, 'send') as Send).bind(db);
  const sent: Sent[] = [];
  Reflect.set(db, 'send', async (statements: readonly Sent[]) => {
    sent.push(...statements);
    return send(statements);
  });
  try {
    await work(db);
  } finally {
    Reflect.deleteProperty(db, 'send');
  }
  const plans: Plan[] = [];
  for (const { text, values } of sent) {
    const [answer] = await send([{ text: `explain (format json) ${text}`, name: null, values }]);
    plans.push(planOf(answer?.rows[0]?.['QUERY PLAN']));
  }
  return plans;
}

function planOf(answer: unknown): Plan {
  const [{ Plan: root }] = (typeof answer === 'string' ? JSON.parse(answer) : answer) as [{ Plan: PlanNode }];
  const all = nodesOf(root);
  return { nodes: all.map((node) => node['Node Type']), indexes: all.flatMap((node) => node['Index Name'] ?? []) };
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
