import { attemptKeys } from './attempt-keys.js';

it('attempts are counted under names that tell neither address nor network', () => {
  const keys = attemptKeys('ada@example.test', '203.0.113.7');
  expect(JSON.stringify(keys)).not.toMatch(/ada|example|203/);
  expect(attemptKeys('ada@example.test', '203.0.113.8')).toMatchObject({ account: keys.account });
  expect(
    new Set([
      ...Object.values(keys),
      ...Object.values(attemptKeys('ada@example.test', '203.0.113.8')),
      ...Object.values(attemptKeys('bob@example.test', '203.0.113.7')),
    ]).size,
  ).toBe(8);
});
