import fc from 'fast-check';
import { DEVICE, GRACE_SECONDS, openSessionsWorld, type SessionsWorld } from '../../test/support/sessions-world.js';

let world: SessionsWorld;
beforeAll(async () => {
  world = await openSessionsWorld();
});
afterAll(() => world?.test.drop());

/** A token as the rules see it: when it was exchanged, if it was. */
interface ModelToken {
  readonly token: string;
  replacedAt: number | undefined;
}

type Step = { readonly kind: 'refresh'; readonly which: number; readonly times: number } | { readonly kind: 'wait'; readonly seconds: number };

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('refresh' as const), which: fc.nat(1_000), times: fc.integer({ min: 1, max: 3 }) }) },
    // Two of the shorter waits are longer than the grace, and no sum of waits comes near it: the time that the test takes changes nothing.
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(GRACE_SECONDS * 0.55, GRACE_SECONDS * 1.1) }) },
  ),
  { minLength: 1, maxLength: 8 },
);

/** A session told twice: by the service, and by three lines of rules. */
class Told {
  readonly tokens: ModelToken[] = [];
  now = 0;
  revoked = false;
  /** Refreshes that only the grace allowed. */
  graced = 0;

  get live(): number {
    return this.revoked ? 0 : this.tokens.filter(({ replacedAt }) => replacedAt === undefined).length;
  }

  expect(token: ModelToken): 'renewed' | 'REFRESH_TOKEN_INVALID' | 'REFRESH_TOKEN_REUSED' {
    if (this.revoked) return 'REFRESH_TOKEN_INVALID';
    if (token.replacedAt === undefined) {
      token.replacedAt = this.now;
      return 'renewed';
    }
    if (this.now - token.replacedAt < GRACE_SECONDS) {
      this.graced += 1;
      return 'renewed';
    }
    this.revoked = true;
    return 'REFRESH_TOKEN_REUSED';
  }
}

async function refreshes(told: Told, sessionId: string, which: number, times: number): Promise<void> {
  const token = told.tokens[which % told.tokens.length];
  if (token === undefined) throw new Error('A session has at least one token.');
  const answers = await Promise.allSettled(Array.from({ length: times }, () => world.renewal.refresh(token.token, DEVICE)));
  const expected = answers.map(() => told.expect(token));
  const got = answers.map((answer) => (answer.status === 'fulfilled' ? 'renewed' : String(Reflect.get(Object(answer.reason), 'code'))));
  expect(got.sort()).toEqual(expected.sort());
  for (const answer of answers) {
    if (answer.status === 'fulfilled') told.tokens.push({ token: answer.value.refreshToken, replacedAt: undefined });
  }
  expect(await world.live(sessionId)).toBe(told.live);
}

it('whatever is refreshed in whatever order, only the grace makes a second live token, and a late one ends all', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan: readonly Step[]) => {
      const { sessionId, refreshToken } = await world.signIn();
      const told = new Told();
      told.tokens.push({ token: refreshToken, replacedAt: undefined });
      for (const step of plan) {
        if (step.kind === 'wait') {
          told.now += step.seconds;
          await world.pass(sessionId, step.seconds);
        } else await refreshes(told, sessionId, step.which, step.times);
        expect(await world.live(sessionId)).toBeLessThanOrEqual(1 + told.graced);
      }
    }),
    { numRuns: 20 },
  );
}, 60_000);
