import { currentContext, isUuid, TenantConnection, writeAudit } from '#database';
import { enqueue } from '#queue';
import { Injectable } from '@nestjs/common';
import { InputInvalidError, InputRequestClosedError, InputRequestNotFoundError } from './errors.js';
import type { JsonObject } from './json.js';
import { findQuestion, pageOfQuestions, writeAnswer, type StoredQuestion } from './persistence/input-requests.js';
import { turnOf } from './persistence/fence.js';
import { runAdvance } from './run-advance.job-definition.js';
import { validateUntrusted } from './tools/schema/untrusted-schema.js';
import type { PageOf, PageRequest } from './views.js';

/** A question as it is shown. */
export type InputRequestView = StoredQuestion;

/** Which questions a page shows. */
export interface InputRequestFilter extends PageRequest {
  readonly runId?: string;
  /** True: only those that a run waits for. */
  readonly isOpen?: boolean;
}

/** The questions that runs of the current organization ask people. */
@Injectable()
export class InputRequestsService {
  constructor(private readonly db: TenantConnection) {}

  /** @throws InputRequestNotFoundError */
  async get(id: string): Promise<InputRequestView> {
    const question = isUuid(id) ? await findQuestion(this.db, id) : undefined;
    if (question === undefined) throw new InputRequestNotFoundError(id);
    return question;
  }

  /** One page of the questions, the oldest first. */
  async list(filter: InputRequestFilter = {}): Promise<PageOf<InputRequestView>> {
    return pageOfQuestions(this.db, filter);
  }

  /**
   * Answers a question, once: the answer, who gave it, the end of the step and the run's next turn are written together.
   * @throws InputRequestNotFoundError, InputInvalidError, InputRequestClosedError
   */
  async answer(id: string, response: unknown): Promise<InputRequestView> {
    const question = await this.get(id);
    if (!question.isOpen) throw new InputRequestClosedError(id);
    checkAnswer(question.schema, response);
    return this.db.transaction(async (tx) => {
      const written = await writeAnswer(tx, id, response, currentContext()?.principal?.userId ?? null);
      if (written === undefined) throw new InputRequestClosedError(id);
      await writeAudit(tx, { action: 'input_request.answered', subjectType: 'input_request', subjectId: id, changes: { runId: written.runId } });
      await enqueue(tx, runAdvance, { runId: written.runId, turn: turnOf(written.fence) }, { priority: 'high' });
      return (await findQuestion(tx, id)) ?? question;
    });
  }
}

function checkAnswer(schema: JsonObject | null, response: unknown): void {
  const problems = schema === null ? [] : validateUntrusted(schema, response);
  if (problems.length > 0) throw new InputInvalidError(problems.map(({ path, message }) => ({ field: `response${fieldOf(path)}`, message })));
}

/** A JSON pointer as a path into the answer: `/people/0/name` becomes `.people[0].name`. */
function fieldOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('');
}
