import { jest } from '@jest/globals';
import fc from 'fast-check';
import { costMicros, PriceList } from './prices.js';

const price = { inputMicrosPerMillionTokens: 150_000, outputMicrosPerMillionTokens: 600_000 };
const usage = (inputTokens: number, outputTokens: number) => ({ inputTokens, outputTokens, isEstimate: false });

it('counts whole millionths and rounds up once', () => {
  expect(costMicros(price, usage(1_000_000, 1_000_000))).toBe(750_000);
  expect(costMicros(price, usage(1, 0))).toBe(1);
  expect(costMicros(price, usage(3, 1))).toBe(2);
  expect(costMicros(price, usage(0, 0))).toBe(0);
});

it('is never below the exact cost and less than one millionth above it', () => {
  const number = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(
    fc.property(number, number, number, number, (inputTokens, outputTokens, input, output) => {
      const exact = BigInt(inputTokens) * BigInt(input) + BigInt(outputTokens) * BigInt(output);
      const cost = costMicros({ inputMicrosPerMillionTokens: input, outputMicrosPerMillionTokens: output }, usage(inputTokens, outputTokens));
      expect(Number.isSafeInteger(cost)).toBe(true);
      const over = BigInt(cost) * 1_000_000n - exact;
      expect(over >= 0n && over < 1_000_000n).toBe(true);
    }),
  );
});

it('costs 0 without a price and says so once for each model', () => {
  const warn = jest.fn<(...logged: readonly unknown[]) => void>();
  const list = new PriceList(new Map([['known', price]]), { warn });
  expect([list.costOf('known', usage(10, 10)), list.costOf('a', usage(10, 10)), list.costOf('a', usage(10, 10)), list.costOf('b', usage(1, 1))]).toEqual([
    8, 0, 0, 0,
  ]);
  expect(warn.mock.calls.map(([fields]) => fields)).toEqual([{ model: 'a' }, { model: 'b' }]);
});
