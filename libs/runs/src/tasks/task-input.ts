import { isJsonObject, storableJson } from '../storable.js';
import { TaskRefusedError } from './errors.js';
import type { ScheduleInput } from './schedule.js';

/** What the agent is given. */
export interface TaskInput {
  readonly prompt: string;
  /** Further values, which stand below the prompt as JSON. */
  readonly [name: string]: unknown;
}

/** What a caller says about a task. */
export interface TaskFacts extends ScheduleInput {
  /** One line, at most 255 characters. */
  readonly title: string;
  readonly input: TaskInput;
  /** 1 before others, 0, or -1 after others. */
  readonly priority?: number;
  /** How often it is tried, 1 to 10; default 1. */
  readonly maxAttempts?: number;
}

/** A task that is to be made. */
export interface NewTask extends TaskFacts {
  /** One of the organization's own agents. */
  readonly agentId: string;
}

/** What may be changed while a task waits for its time. */
export type TaskChanges = Partial<TaskFacts>;

export const TASK_LIMITS = { titleLength: 255, inputBytes: 262_144, attempts: 10 } as const;

/** Holds a task, or the changed part of one, against the limits. @throws TaskRefusedError that names the field */
export function checkTask({ title, input, priority, maxAttempts }: TaskChanges): void {
  if (title !== undefined && (title.trim() === '' || [...title].length > TASK_LIMITS.titleLength))
    throw new TaskRefusedError('title', `its title is empty or longer than ${TASK_LIMITS.titleLength} characters.`);
  if (input !== undefined) checkInput(input);
  if (priority !== undefined && ![-1, 0, 1].includes(priority)) throw new TaskRefusedError('priority', 'its priority is 1, 0 or -1.');
  if (maxAttempts !== undefined && !(Number.isInteger(maxAttempts) && maxAttempts >= 1 && maxAttempts <= TASK_LIMITS.attempts))
    throw new TaskRefusedError('maxAttempts', `it is tried from 1 to ${TASK_LIMITS.attempts} times.`);
}

/** What a run of the task begins with: the prompt, and below it what else it is given. */
export function promptOf(input: Readonly<Record<string, unknown>>): string {
  const { prompt, ...rest } = input;
  const text = typeof prompt === 'string' ? prompt : '';
  return Object.keys(rest).length === 0 ? text : `${text}\n\n${JSON.stringify(rest, null, 2)}`;
}

function checkInput(input: unknown): void {
  const prompt = isJsonObject(input) ? input['prompt'] : undefined;
  if (typeof prompt !== 'string' || prompt.trim() === '') throw new TaskRefusedError('input.prompt', 'its input has no prompt. Say what is to be done.');
  if (Buffer.byteLength(storableJson(input)) > TASK_LIMITS.inputBytes)
    throw new TaskRefusedError('input', `its input is larger than ${TASK_LIMITS.inputBytes} bytes as JSON.`);
}
