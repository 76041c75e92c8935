import { dataOf, PlinthApiError, type PlinthClient } from '#client';
import { plain } from '../terminal/plain.js';
import type { Terminal } from '../terminal/terminal.js';
import { problemsOf } from './answer-schema.js';
import { askFor, type JsonAnswer } from './questions.js';

/** Asks the questions of runs at the terminal, or takes the answers from what is piped in. */
export class Asking {
  constructor(
    private readonly client: PlinthClient,
    private readonly terminal: Terminal,
  ) {}

  /**
   * Asks one question until its answer is accepted. Ends without one where nobody can be asked any more, and where somebody else has
   * answered. @throws the reason of the signal
   */
  async ask(id: string, signal: AbortSignal): Promise<void> {
    const question = await dataOf(this.client.GET('/v1/input-requests/{id}', { params: { path: { id } }, signal }));
    if (!question.isOpen) return;
    this.terminal.say(`${this.terminal.paint('cyan', `${plain(question.agentName)} asks:`)} ${plain(question.prompt)}`);
    for (;;) {
      const answer = await askFor(question.schema, async (line) => this.terminal.lines.next(line, { signal }));
      if (!answer.isThere) {
        this.terminal.say(`Nobody answers here; the run waits. Answer it: npm run plinth -- answer ${id} --json '…'`);
        return;
      }
      const problems = problemsOf(question.schema, answer.value);
      if (problems.length === 0 && (await this.#isDone(id, answer.value))) return;
      for (const problem of problems) this.terminal.say(this.terminal.paint('yellow', `Not that: ${problem}`));
    }
  }

  /** False where the API wants another answer, which has been said. */
  async #isDone(id: string, response: JsonAnswer): Promise<boolean> {
    try {
      await this.client.POST('/v1/input-requests/{id}/answer', { params: { path: { id } }, body: { response } });
      return true;
    } catch (error) {
      if (!(error instanceof PlinthApiError)) throw error;
      // Somebody else was faster, or the run has ended.
      if (error.status === 409) return true;
      if (error.status !== 422) throw error;
      const wrong = error.errors.map(({ message }) => message);
      this.terminal.say(this.terminal.paint('yellow', `Not that: ${wrong.length === 0 ? error.detail : wrong.join('; ')}`));
      return false;
    }
  }
}
