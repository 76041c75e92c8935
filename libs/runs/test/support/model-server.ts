import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { behave, type ModelBehaviour, type ModelServerCall } from './model-behaviour.js';

/** What `GET /calls` says. */
export interface ModelServerCounts {
  readonly total: number;
  /** Calls by Idempotency-Key: more than one is a call that was made again. */
  readonly byKey: Readonly<Record<string, number>>;
  /** Calls by Idempotency-Key that were carried out, whether or not the answer arrived: all but those that were refused. */
  readonly carriedOut: Readonly<Record<string, number>>;
  /** Keys of calls that were carried out and whose connection closed before the answer was written to its end. */
  readonly unanswered: readonly string[];
  /** Connections on which the server is still to answer. */
  readonly open: number;
}

/**
 * A local endpoint that speaks OpenAI's chat completions, rightly and wrongly. What it does with each call is scripted, by
 * {@link ModelServer.next} or `POST /script`; then, and without a script, it does what `POST /models` says of the model that is
 * asked for, and otherwise carries out `/call` lines like the offline model.
 */
export class ModelServer {
  readonly calls: ModelServerCall[] = [];
  private readonly script: ModelBehaviour[] = [];
  private readonly byModel = new Map<string, ModelBehaviour>();
  private readonly carriedOut = new Map<string, number>();
  private readonly unanswered: string[] = [];
  private readonly opened = new Set<ServerResponse>();
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly server: Server,
    private readonly usual: ModelBehaviour,
  ) {
    server.on('request', (request, response) => {
      this.answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
    });
  }

  /** Listens on a free port of this machine, or on `port`. `usual` is what it does without a script. */
  static async start({ port = 0, usual = { kind: 'directives' } }: { port?: number; usual?: ModelBehaviour } = {}): Promise<ModelServer> {
    const server = createServer();
    const started = new ModelServer(server, usual);
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
    return started;
  }

  /** What MODEL_BASE_URL is to be. */
  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The model server does not listen.');
    return `http://127.0.0.1:${address.port}/v1`;
  }

  /** Does this with the next calls, in order. */
  next(...behaviours: readonly ModelBehaviour[]): void {
    this.script.push(...behaviours);
  }

  /** Does this with every call of a model that no script is for. */
  always(model: string, behaviour: ModelBehaviour): void {
    this.byModel.set(model, behaviour);
  }

  get counts(): ModelServerCounts {
    const byKey: Record<string, number> = {};
    for (const { idempotencyKey } of this.calls) byKey[idempotencyKey] = (byKey[idempotencyKey] ?? 0) + 1;
    return { total: this.calls.length, byKey, carriedOut: Object.fromEntries(this.carriedOut), unanswered: this.unanswered, open: this.opened.size };
  }

  /** Waits until `condition` holds; it is looked at after each call that comes and each connection that closes. */
  async until(condition: (counts: ModelServerCounts) => boolean): Promise<void> {
    while (!condition(this.counts)) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (request.url === '/calls') return sendJson(response, this.counts);
    if (request.url === '/script') {
      this.next(...readScript(body));
      return sendJson(response, { scripted: this.script.length });
    }
    if (request.url === '/models') {
      for (const [model, behaviour] of Object.entries(readModels(body))) this.always(model, behaviour);
      return sendJson(response, { models: [...this.byModel.keys()] });
    }
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return void response.writeHead(404).end();
    const call = this.callOf(request, body);
    this.opened.add(response);
    response.once('close', () => this.closed(call, response));
    this.calls.push(call);
    this.wake();
    await behave(this.script.shift() ?? this.byModel.get(call.body.model) ?? this.usual, call, response);
  }

  private callOf(request: IncomingMessage, text: string): ModelServerCall {
    const key = request.headers['idempotency-key'];
    const idempotencyKey = typeof key === 'string' ? key : '';
    const attempt = this.calls.filter((call) => call.idempotencyKey === idempotencyKey).length + 1;
    return { idempotencyKey, attempt, headers: request.headers, body: JSON.parse(text) as ModelServerCall['body'] };
  }

  private closed({ idempotencyKey }: ModelServerCall, response: ServerResponse): void {
    this.opened.delete(response);
    if (response.statusCode === 200) {
      this.carriedOut.set(idempotencyKey, (this.carriedOut.get(idempotencyKey) ?? 0) + 1);
      if (!response.writableFinished) this.unanswered.push(idempotencyKey);
    }
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  const body: AsyncIterable<Buffer> = request;
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function readScript(body: string): readonly ModelBehaviour[] {
  return JSON.parse(body) as readonly ModelBehaviour[];
}

function readModels(body: string): Readonly<Record<string, ModelBehaviour>> {
  return JSON.parse(body) as Readonly<Record<string, ModelBehaviour>>;
}
