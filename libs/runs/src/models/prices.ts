import type { Logger, ModelPrice, ModelPrices } from '#database';
import type { ModelUsage } from './model.js';

const TOKENS_PER_PRICE = 1_000_000n;
/** Tenants name models; their imagination must not fill memory or log. */
const MOST_REPORTED = 1_000;

/** What `usage` costs in millionths of the currency unit, rounded up once for the whole call. */
export function costMicros(price: ModelPrice, usage: Pick<ModelUsage, 'inputTokens' | 'outputTokens'>): number {
  const input = BigInt(usage.inputTokens) * BigInt(price.inputMicrosPerMillionTokens);
  const output = BigInt(usage.outputTokens) * BigInt(price.outputMicrosPerMillionTokens);
  return Number((input + output + TOKENS_PER_PRICE - 1n) / TOKENS_PER_PRICE);
}

/** The price table of this process. Says once for each model that it has no price. */
export class PriceList {
  private readonly reported = new Set<string>();

  constructor(
    private readonly prices: ModelPrices,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /** What a call of `model` cost in millionths of the currency unit; 0 where the table does not name it. */
  costOf(model: string, usage: ModelUsage): number {
    const price = this.prices.get(model);
    if (price !== undefined) return costMicros(price, usage);
    this.report(model);
    return 0;
  }

  private report(model: string): void {
    if (this.reported.has(model) || this.reported.size >= MOST_REPORTED) return;
    this.reported.add(model);
    this.logger.warn({ model }, `The model "${model}" has no price: its calls count as costing 0. Add it to MODEL_PRICES.`);
  }
}
