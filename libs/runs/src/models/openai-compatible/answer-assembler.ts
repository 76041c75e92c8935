import { ModelCallError } from '../errors.js';
import type { ModelAnswer, ModelUsage } from '../model.js';
import type { Quote } from './endpoint-text.js';
import { asList, asObject, asText } from './json-reading.js';
import { ToolCallAssembler } from './tool-call-assembler.js';
import { readUsage } from './usage.js';

/** What an endpoint said, before the rest is added that only the caller knows. */
export interface EndpointAnswer extends Pick<ModelAnswer, 'content' | 'toolCalls' | 'finishReason'> {
  /** Undefined: it did not say, or nothing that can be. */
  readonly usage: ModelUsage | undefined;
  /** Undefined: it did not name the model. */
  readonly model: string | undefined;
}

/** Puts one answer together from the chunks of a stream, or from a whole answer in one. */
export class AnswerAssembler {
  private readonly toolCalls: ToolCallAssembler;
  private content = '';
  private refusal = '';
  private finishReason: string | undefined;
  private model: string | undefined;
  private usage: ModelUsage | undefined;
  private hasChoice = false;

  constructor(
    maxToolCalls: number,
    private readonly quote: Quote,
  ) {
    this.toolCalls = new ToolCallAssembler(maxToolCalls);
  }

  /** The endpoint has said why it stopped: nothing but the usage can follow. */
  get isComplete(): boolean {
    return this.finishReason !== undefined;
  }

  /** One chunk; one without `choices` is passed over. @throws ModelCallError for an error that the endpoint reports in it. */
  add(value: unknown): void {
    const chunk = asObject(value);
    if (chunk === undefined) throw new ModelCallError('unknown', 'its answer is no JSON object.');
    if (chunk['error'] !== undefined && chunk['error'] !== null) throw new ModelCallError('unknown', `it reports "${this.quote(errorText(chunk['error']))}".`);
    this.model ??= asText(chunk['model']);
    this.usage = readUsage(chunk['usage']) ?? this.usage;
    for (const choice of asList(chunk['choices'])) this.addChoice(asObject(choice) ?? {});
  }

  /** The answer, after `[DONE]` or a finish reason. @throws ModelCallError where there was no choice in it. */
  finish(usedIds: ReadonlySet<string>): EndpointAnswer {
    if (!this.hasChoice) throw new ModelCallError('unknown', 'its answer has no choices.');
    const toolCalls = this.toolCalls.finish(usedIds);
    const content = this.content || this.refusal || null;
    return { content, toolCalls, finishReason: finishReasonOf(this.finishReason, toolCalls.length > 0), usage: this.usage, model: this.model };
  }

  private addChoice(choice: Readonly<Record<string, unknown>>): void {
    if ((choice['index'] ?? 0) !== 0) return;
    this.hasChoice = true;
    this.finishReason ??= asText(choice['finish_reason']);
    const message = asObject(choice['message']);
    const piece = message ?? asObject(choice['delta']) ?? {};
    this.content += textOf(piece['content']);
    this.refusal += textOf(piece['refusal']);
    asList(piece['tool_calls']).forEach((call, index) => this.toolCalls.add(message === undefined ? call : { ...asObject(call), index }));
  }
}

/** The text of an error object as endpoints send it. */
export function errorText(error: unknown): string {
  return asText(error) ?? asText(asObject(error)?.['message']) ?? JSON.stringify(error);
}

/** Text, or parts of which some are text. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return asList(content)
    .map((part) => asText(asObject(part)?.['text']) ?? '')
    .join('');
}

/** Some endpoints say `stop` beside tool calls, or words of their own. */
function finishReasonOf(reason: string | undefined, callsTools: boolean): ModelAnswer['finishReason'] {
  if (reason === 'length' || reason === 'content_filter') return reason;
  return callsTools ? 'tool_calls' : 'stop';
}
