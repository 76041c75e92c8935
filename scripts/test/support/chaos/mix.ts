import type { ModelBehaviour } from '../../../../libs/runs/test/support/model-behaviour.js';
import type { HandWritten } from './organization.js';

/** How a run must end, unless it was interrupted in a call whose end nobody knows. */
export type Ending = 'COMPLETED' | 'MODEL_CALL_FAILED' | 'CALL_OUTCOME_UNKNOWN' | 'CANCELLED';

/** A kind of run of the mix. */
export interface Kind {
  readonly name: string;
  readonly ending: Ending;
  /** Of which agent; left out: one from Git. */
  readonly agent?: string;
  /** @param number of the run, from 0 */
  readonly prompt: (number: number) => string;
  /** Cancelled once it is in this step; left out: not cancelled. */
  readonly cancelAtStep?: number;
}

/** What the model server does with models that are not to be relied on. */
export const MODELS: Readonly<Record<string, ModelBehaviour>> = {
  refusing: { kind: 'raw', status: 400, headers: { 'content-type': 'application/json' }, pieces: ['{"error":{"message":"No."}}'] },
  breaking: { kind: 'break' },
  busy: { kind: 'busy-at-first' },
  slow: { kind: 'directives', delayMs: 20_000 },
};

const TOOLS = ['write_data', 'read_data', 'charge', 'run_agent', 'ask_for_input'];

/** The agents that each organization has beside those from Git. */
export const AGENTS: readonly HandWritten[] = [
  { name: 'worker', tools: TOOLS },
  { name: 'helper', tools: TOOLS },
  ...Object.keys(MODELS).map((model) => ({ name: model, model, tools: TOOLS })),
];

const QUESTION = '/call ask_for_input {"prompt":"How many?","schema":{"type":"integer","minimum":1}}';

/** The mix. A kind that is to be cancelled waits for a person, for a model that takes its time, or for a run that asks. */
export const KINDS: readonly Kind[] = [
  { name: 'a single answer', ending: 'COMPLETED', agent: 'worker', prompt: (number) => `Say ${number}.` },
  {
    name: 'data written and read',
    ending: 'COMPLETED',
    agent: 'worker',
    prompt: (number) => `/call write_data {"key":"n","value":${number}}\n/call read_data {"key":"n"}`,
  },
  { name: 'a tool that costs', ending: 'COMPLETED', agent: 'worker', prompt: (number) => `/call charge {"account":"${number}"}` },
  {
    name: 'a run that runs another',
    ending: 'COMPLETED',
    agent: 'worker',
    // A nested prompt is JSON in JSON: its line break is escaped once.
    prompt: (number) => `/call run_agent ${JSON.stringify({ agent: 'helper', prompt: `/call charge {"account":"nested ${number}"}` })}\n/call read_data {}`,
  },
  { name: 'a question', ending: 'COMPLETED', agent: 'worker', prompt: () => QUESTION },
  { name: 'an agent from Git', ending: 'COMPLETED', prompt: (number) => `Do number ${number}.` },
  { name: 'a busy model', ending: 'COMPLETED', agent: 'busy', prompt: (number) => `/call charge {"account":"busy ${number}"}` },
  { name: 'a model that refuses', ending: 'MODEL_CALL_FAILED', agent: 'refusing', prompt: () => 'Please.' },
  { name: 'a model that hangs up', ending: 'CALL_OUTCOME_UNKNOWN', agent: 'breaking', prompt: () => 'Hello?' },
  { name: 'cancelled in a question', ending: 'CANCELLED', agent: 'helper', prompt: () => QUESTION, cancelAtStep: 2 },
  { name: 'cancelled in a call', ending: 'CANCELLED', agent: 'slow', prompt: () => 'Take your time.', cancelAtStep: 1 },
  {
    name: 'cancelled with the run that it runs',
    ending: 'CANCELLED',
    agent: 'worker',
    prompt: () => `/call run_agent ${JSON.stringify({ agent: 'helper', prompt: QUESTION })}`,
    cancelAtStep: 2,
  },
];
