import { dataOf, type PlinthClient } from '#client';
import type { CommandContext, PlinthCommand } from '../command.js';
import { UsageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { RunAtTerminal } from '../run/follow.js';
import { LeftError, Leaving } from '../run/leaving.js';
import { plain } from '../terminal/plain.js';
import { use } from '../terminal/units.js';

interface RunOptions {
  readonly prompt?: string;
  readonly session?: string;
  readonly detach?: boolean;
}

const ENDS: Readonly<Record<string, ExitCode>> = { COMPLETED: EXIT.OK, FAILED: EXIT.FAILED, CANCELLED: EXIT.CANCELLED };

export const run: PlinthCommand<RunOptions> = {
  usage: 'run <agent>',
  summary: 'run an agent and follow it; its questions are asked here, or answered by lines of stdin',
  examples: [
    'run "Invoice helper" --prompt "Which invoices of October are not paid?"',
    'run "Invoice helper" --prompt "Remind them." --json > events.jsonl',
    'run "Invoice helper" --prompt "Remind them." --detach',
    'run "Invoice helper" --prompt "Remind them." < answers.txt',
  ],
  configure(command) {
    command
      .requiredOption('--prompt <text>', 'what the agent is asked')
      .option('--session <name>', 'a name of your own, the same for the runs of one conversation');
    command.option('--detach', 'start it and do not follow it');
  },
  async run(context, { prompt = '', session, detach }, [agent = '']) {
    if (prompt.trim() === '') throw new UsageError('PROMPT_MISSING', 'Say what the agent is asked: --prompt "…"');
    const client = await context.client();
    const started = await dataOf(client.POST('/v1/runs', { body: { agent, prompt, sessionId: session } }));
    const { terminal, isJson } = context;
    if (detach === true) {
      terminal.out(isJson ? JSON.stringify(started) : started.id);
      return EXIT.OK;
    }
    if (!isJson) terminal.say(terminal.paint('dim', `Run ${started.id} of "${plain(started.agentName)}"`));
    return followToEnd(context, client, started.id);
  },
};

async function followToEnd({ terminal, isJson }: CommandContext, client: PlinthClient, id: string): Promise<ExitCode> {
  const following = new RunAtTerminal(client, terminal, { isJson }, (onFailure) => new Leaving(client, terminal, id, onFailure));
  try {
    await following.follow(id);
  } catch (error) {
    if (!(error instanceof LeftError)) throw error;
    terminal.say(`The run goes on. How it stands: npm run plinth -- runs --id ${id}   End it: npm run plinth -- cancel ${id}`);
    return EXIT.LEFT;
  }
  const ended = await dataOf(client.GET('/v1/runs/{id}', { params: { path: { id } } }));
  if (isJson) terminal.out(JSON.stringify({ runId: id, type: 'RUN', data: ended }));
  else {
    const used = use(ended.totalTokens, ended.costMicros);
    terminal.say(terminal.paint(ended.status === 'COMPLETED' ? 'green' : 'red', `${ended.status.toLowerCase()}${used === '' ? '' : `, ${used}`}`));
    const text = ended.output?.['text'];
    if (typeof text === 'string') terminal.out(terminal.isInteractive ? plain(text) : text);
  }
  return ENDS[ended.status] ?? EXIT.FAILED;
}
