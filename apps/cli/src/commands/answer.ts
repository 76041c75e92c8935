import { dataOf } from '#client';
import type { PlinthCommand } from '../command.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit-code.js';
import { Asking } from '../run/asking.js';
import type { JsonAnswer } from '../run/questions.js';

interface AnswerOptions {
  readonly json?: string | true;
}

export const answer: PlinthCommand<AnswerOptions> = {
  usage: 'answer <input-request-id>',
  summary: 'answer a question of a run',
  examples: ['answer 0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c', `answer 0199a7c4-3d52-7c1e-9d2b-8f6f3c1a2b3c --json '{"approved":true}'`],
  configure(command) {
    command.option('--json [answer]', 'the answer as JSON, and what came of it in JSON too; without an answer it is asked for here');
  },
  async run({ terminal, isJson, client }, { json }, [id = '']) {
    const plinth = await client();
    if (typeof json !== 'string') {
      await new Asking(plinth, terminal).ask(id, new AbortController().signal);
    } else await plinth.POST('/v1/input-requests/{id}/answer', { params: { path: { id } }, body: { response: parsed(json) } });
    const question = await dataOf(plinth.GET('/v1/input-requests/{id}', { params: { path: { id } } }));
    terminal.out(isJson ? JSON.stringify(question) : question.isOpen ? 'Not answered.' : 'Answered.');
    return question.isOpen ? EXIT.FAILED : EXIT.OK;
  },
};

/** @throws UsageError */
function parsed(text: string): JsonAnswer {
  try {
    return JSON.parse(text) as JsonAnswer;
  } catch {
    throw new UsageError('JSON_REFUSED', `The answer must be JSON, and is ${text}. A text stands in quotes of its own: --json '"yes"'`);
  }
}
