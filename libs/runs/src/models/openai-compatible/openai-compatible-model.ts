import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { ModelConfig } from '#database';
import { ModelCallError } from '../errors.js';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../model.js';
import type { PriceList } from '../prices.js';
import { estimateUsage } from '../token-estimate.js';
import { AnswerAssembler, type EndpointAnswer } from './answer-assembler.js';
import { boundedBody, boundedText } from './bounded-body.js';
import { CallEnding } from './call-ending.js';
import { quoteWithout, type Quote } from './endpoint-text.js';
import { parseJson } from './json-reading.js';
import { NotCarriedOutError } from './not-carried-out.js';
import { post } from './post.js';
import { refusalOf } from './refusal.js';
import { requestBody } from './request-body.js';
import { retryDelay } from './retry-after.js';
import { SseParser } from './sse-parser.js';

/** In UTF-16 code units. */
const LONGEST_LINE = 1_000_000;

/** The settings of an endpoint. */
export type EndpointConfig = ModelConfig & { readonly baseUrl: string };

/** The models of an endpoint that speaks OpenAI's chat completions. */
export class OpenAiCompatibleModel implements LanguageModel {
  private readonly quote: Quote;

  constructor(
    private readonly config: EndpointConfig,
    private readonly prices: PriceList,
  ) {
    this.quote = quoteWithout(config.apiKey);
  }

  /** @throws ModelCallError */
  async complete(request: ModelRequest): Promise<ModelAnswer> {
    const ending = new CallEnding(request.signal, this.config.totalTimeoutMs);
    try {
      const answer = await this.completeWithRetries(request, ending);
      const usage = answer.usage ?? estimateUsage(request, answer);
      return { ...answer, usage, costMicros: this.prices.costOf(request.model, usage), model: answer.model ?? request.model };
    } finally {
      ending.dispose();
    }
  }

  /** Only what was certainly not carried out is made again. */
  private async completeWithRetries(request: ModelRequest, ending: CallEnding): Promise<EndpointAnswer> {
    for (let retry = 0; ; retry += 1) {
      try {
        return await this.completeOnce(request, ending);
      } catch (error) {
        if (!(error instanceof NotCarriedOutError) || retry >= this.config.retries) throw error;
        await pause(retryDelay(retry, error.retryAfterMs, this.config.maxRetryAfterMs), ending);
      }
    }
  }

  private async completeOnce(request: ModelRequest, ending: CallEnding): Promise<EndpointAnswer> {
    const { baseUrl, connectTimeoutMs, firstByteTimeoutMs } = this.config;
    const body = JSON.stringify(requestBody(request, { name: this.config.maxTokensParameter, usual: this.config.maxAnswerTokens }));
    const headers = this.headers(request, body);
    const response = await post({ url: `${baseUrl}/chat/completions`, headers, body, connectTimeoutMs, firstByteTimeoutMs, ending });
    if (response.statusCode !== 200) {
      const refusal = await refusalOf(response, this.quote);
      throw request.signal.aborted ? ending.error(true) : refusal;
    }
    const usedIds = new Set(request.messages.flatMap((message) => (message.role === 'assistant' ? message.toolCalls.map(({ id }) => id) : [])));
    const assembler = await this.read(response, request.signal);
    return assembler.finish(usedIds);
  }

  private headers({ idempotencyKey }: ModelRequest, body: string): Record<string, string> {
    const { apiKey } = this.config;
    return {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      accept: 'text/event-stream, application/json',
      'accept-encoding': 'identity',
      'idempotency-key': idempotencyKey,
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    };
  }

  private async read(response: IncomingMessage, caller: AbortSignal): Promise<AnswerAssembler> {
    const type = (response.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
    const encoding = response.headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity' && type === 'text/event-stream') return this.readStream(response, caller);
    if (encoding === 'identity' && type === 'application/json') return this.readWhole(response);
    response.destroy();
    const what = encoding === 'identity' ? `"${type ?? ''}"` : `the encoding "${encoding}"`;
    throw new ModelCallError('unknown', `it answered ${this.quote(what)} where a stream of events or JSON is due. Is MODEL_BASE_URL right?`);
  }

  /** A complete answer counts, also where its stream does not end as it should: it is paid for. */
  private async readStream(response: IncomingMessage, caller: AbortSignal): Promise<AnswerAssembler> {
    const assembler = this.assembler();
    try {
      const isDone = await this.readEvents(response, assembler);
      if (isDone || assembler.isComplete) return assembler;
    } catch (error) {
      if (assembler.isComplete && !caller.aborted) return assembler;
      throw error;
    }
    throw new ModelCallError('unknown', 'its answer ended before it was complete.');
  }

  /** Whether the stream said that it is done. */
  private async readEvents(response: IncomingMessage, assembler: AnswerAssembler): Promise<boolean> {
    const parser = new SseParser(LONGEST_LINE);
    for await (const piece of boundedBody(response, this.bounds)) {
      for (const { data } of parser.push(piece)) {
        if (data.trim() === '[DONE]') return true;
        assembler.add(parseJson(data));
      }
    }
    return false;
  }

  private async readWhole(response: IncomingMessage): Promise<AnswerAssembler> {
    const assembler = this.assembler();
    assembler.add(parseJson(await boundedText(response, this.bounds)));
    return assembler;
  }

  private assembler(): AnswerAssembler {
    return new AnswerAssembler(this.config.maxToolCalls, this.quote);
  }

  private get bounds(): { readonly maxBytes: number; readonly idleMs: number } {
    return { maxBytes: this.config.maxAnswerBytes, idleMs: this.config.idleTimeoutMs };
  }
}

async function pause(ms: number, ending: CallEnding): Promise<void> {
  try {
    await wait(ms, undefined, { signal: ending.signal });
  } catch {
    throw ending.error(false);
  }
}
