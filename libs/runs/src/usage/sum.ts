import type { RunStatus } from '#database';
import type { ModelFigures, UsageRow } from '../persistence/usage.js';

type Figures = Pick<UsageRow, 'runs' | 'tokens' | 'costMicros' | 'runsByStatus' | 'models'>;

const NO_CALLS: ModelFigures = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };

/** The figures of several rows together. */
export function sumOf(rows: readonly Figures[]): Figures {
  const models = new Map<string, ModelFigures>();
  const runsByStatus = new Map<RunStatus, number>();
  let [runs, tokens, costMicros] = [0, 0, 0];
  for (const row of rows) {
    runs += row.runs;
    tokens += row.tokens;
    costMicros += row.costMicros;
    for (const [status, count] of Object.entries(row.runsByStatus) as [RunStatus, number][]) runsByStatus.set(status, (runsByStatus.get(status) ?? 0) + count);
    for (const [model, figures] of Object.entries(row.models)) models.set(model, plus(models.get(model) ?? NO_CALLS, figures));
  }
  return { runs, tokens, costMicros, runsByStatus: Object.fromEntries(runsByStatus), models: Object.fromEntries(models) };
}

function plus(one: ModelFigures, other: ModelFigures): ModelFigures {
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    costMicros: one.costMicros + other.costMicros,
  };
}
