import type { StepType } from '#database';
import type { JsonObject } from '../json.js';
import { EMPTY_STEP, type HeldRun, type HeldStep } from '../persistence/take-over.js';
import { nextAction, useOf, type NextAction } from './next-action.js';
import type { Progress } from './progress.js';

const LIMITS = { maxSteps: 10, maxDepth: 3, maxWallMs: 1_000, maxTokens: 100, maxCostMicros: 50 };
const RUN: HeldRun = {
  id: 'run',
  orgId: 'org',
  fence: '1',
  agent: { name: 'helper', model: null, systemPrompt: null, parameters: {}, tools: ['write_data', 'pay', 'look'], source: { kind: 'agent', id: 'agent' } },
  limits: LIMITS,
  prompt: 'Do it.',
  sessionId: null,
  createdBy: null,
  parentRunId: null,
  taskId: null,
  callStack: [],
  ageMs: 0,
  stepCount: 0,
  eventCount: 2,
  totalTokens: 0,
  costMicros: 0,
};

const step = (type: StepType, more: Partial<HeldStep> = {}): HeldStep => ({ ...EMPTY_STEP, id: 'step', sequenceNumber: 1, type, status: 'COMPLETED', ...more });
const said = (content: string): HeldStep => step('MODEL', { output: { content, toolCalls: [] } });
const called = (...names: readonly string[]): HeldStep =>
  step('MODEL', { output: { content: null, toolCalls: names.map((name, index) => ({ id: `c${index}`, name, arguments: '{"a":1}' })) } });
const progress = (steps: readonly HeldStep[], run: Partial<HeldRun> = {}): Progress => ({ run: { ...RUN, stepCount: steps.length, ...run }, steps });
const next = (of: Progress, wallMs = 0): NextAction => nextAction(of, { wallMs, hasSideEffects: (name) => name === 'pay' });
const input = (name: string, index = 0): JsonObject => ({ toolCallId: `c${index}`, name, arguments: { a: 1 } });
const model: NextAction = { type: 'BEGIN', begin: { type: 'MODEL', input: null, called: true } };

const failed = (errorCode: string): HeldStep => step('MODEL', { status: 'FAILED', errorCode, errorMessage: 'Why.' });
const nested = step('AGENT', { metadata: { nested: { tokens: 95, costMicros: 1, waitedMs: 0 } } });

it.each<[string, Progress, NextAction | object]>([
  ['asks the model first', progress([]), model],
  ['carries on the step that runs', progress([said('x'), step('DATA', { status: 'RUNNING' })]), { type: 'CARRY_ON', step: { type: 'DATA' } }],
  ['completes with what the model said last', progress([said('Done.')]), { type: 'COMPLETE', text: 'Done.' }],
  ['completes with nothing where the model said nothing', progress([step('MODEL', { output: { content: null } })]), { type: 'COMPLETE', text: '' }],
  ['begins the first tool call', progress([called('look', 'pay')]), { type: 'BEGIN', begin: { type: 'TOOL', input: input('look'), called: false } }],
  [
    'begins the next tool call',
    progress([called('look', 'pay'), step('TOOL')]),
    { type: 'BEGIN', begin: { type: 'TOOL', input: input('pay', 1), called: true } },
  ],
  ['asks the model again once all are answered', progress([called('look', 'pay'), step('TOOL'), step('TOOL')]), model],
  [
    'writes data as a step of its own type',
    progress([called('write_data')]),
    { type: 'BEGIN', begin: { type: 'DATA', input: input('write_data'), called: false } },
  ],
  [
    'runs an agent as a step of its own type',
    progress([called('run_agent')]),
    { type: 'BEGIN', begin: { type: 'AGENT', input: input('run_agent'), called: false } },
  ],
  [
    'asks a person as a step of its own type',
    progress([called('ask_for_input')]),
    { type: 'BEGIN', begin: { type: 'INPUT', input: input('ask_for_input'), called: false } },
  ],
  ['fails as its step failed', progress([failed('MODEL_CALL_FAILED')]), { type: 'FAIL', errorCode: 'MODEL_CALL_FAILED', errorMessage: 'Why.' }],
  ['fails for an unknown end', progress([failed('CALL_OUTCOME_UNKNOWN')]), { type: 'FAIL', errorCode: 'CALL_OUTCOME_UNKNOWN', errorMessage: 'Why.' }],
  ['fails for what it does not know as an error of ours', progress([failed('OTHER')]), { type: 'FAIL', errorCode: 'INTERNAL', errorMessage: 'Why.' }],
  ['stops at its steps', progress([called('look')], { stepCount: 10 }), { type: 'FAIL', errorCode: 'LIMIT_STEPS' }],
  ['stops at its tokens', progress([called('look')], { totalTokens: 100 }), { type: 'FAIL', errorCode: 'LIMIT_TOKENS' }],
  ['counts the tokens of nested runs', progress([called('run_agent', 'look'), nested], { totalTokens: 5 }), { type: 'FAIL', errorCode: 'LIMIT_TOKENS' }],
  ['stops at its cost', progress([called('look')], { costMicros: 50 }), { type: 'FAIL', errorCode: 'LIMIT_COST' }],
  ['completes though a limit is reached: it has been paid', progress([said('Done.')], { totalTokens: 1_000 }), { type: 'COMPLETE', text: 'Done.' }],
])('%s', (_what, of, expected) => {
  expect(next(of)).toMatchObject(expected);
});

it('stops when its time is over, and not before', () => {
  expect(next(progress([called('look')]), 999).type).toBe('BEGIN');
  expect(next(progress([called('look')]), 1_000)).toMatchObject({ type: 'FAIL', errorCode: 'LIMIT_TIME' });
});

it('keeps arguments that are no JSON as the model wrote them', () => {
  const wrong = step('MODEL', { output: { content: null, toolCalls: [{ id: 'c', name: 'look', arguments: '{"a":' }] } });
  expect(next(progress([wrong]))).toMatchObject({ begin: { input: { arguments: '{"a":' } } });
});

it('adds what nested runs used', () => {
  expect(useOf(progress([nested], { totalTokens: 3, costMicros: 4 }), 12)).toEqual({ steps: 1, wallMs: 12, tokens: 98, costMicros: 5 });
});
