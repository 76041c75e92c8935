import { AsyncLocalStorage } from 'node:async_hooks';
import {
  context,
  ROOT_CONTEXT,
  trace,
  type Attributes,
  type AttributeValue,
  type Context,
  type ContextManager,
  type Span,
  type SpanContext,
  type SpanOptions,
  type SpanStatus,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';

/** A span that tells what was done with it. */
export class RecordedSpan implements Span {
  readonly attributes: Record<string, AttributeValue | undefined>;
  status: SpanStatus | undefined;
  ended = false;

  constructor(
    readonly name: string,
    attributes: Attributes,
    /** The span it lies beneath. */
    readonly parent: RecordedSpan | undefined,
    private readonly id: string,
  ) {
    this.attributes = { ...attributes };
  }

  spanContext(): SpanContext {
    return { traceId: '1'.repeat(32), spanId: this.id.padStart(16, '0'), traceFlags: 1 };
  }
  setAttribute(name: string, value: AttributeValue): this {
    this.attributes[name] = value;
    return this;
  }
  setAttributes(attributes: Attributes): this {
    Object.assign(this.attributes, attributes);
    return this;
  }
  addEvent(): this {
    return this;
  }
  addLink(): this {
    return this;
  }
  addLinks(): this {
    return this;
  }
  setStatus(status: SpanStatus): this {
    this.status = status;
    return this;
  }
  updateName(): this {
    return this;
  }
  end(): void {
    this.ended = true;
  }
  isRecording(): boolean {
    return !this.ended;
  }
  recordException(): void {
    throw new Error('Messages of errors quote values: no span keeps them.');
  }
}

/** As much of an OpenTelemetry SDK as a test needs: keeps every span, and carries the active one along. */
export class SpanRecorder implements TracerProvider, Tracer {
  readonly spans: RecordedSpan[] = [];

  /** From now on until `uninstall` the whole process is traced. */
  install(): void {
    trace.setGlobalTracerProvider(this);
    context.setGlobalContextManager(new AsyncContexts());
  }

  uninstall(): void {
    trace.disable();
    context.disable();
  }

  getTracer(): Tracer {
    return this;
  }

  startSpan(name: string, { attributes = {} }: SpanOptions = {}, parentContext: Context = context.active()): Span {
    const parent = trace.getSpan(parentContext);
    const span = new RecordedSpan(name, attributes, parent instanceof RecordedSpan ? parent : undefined, String(this.spans.length + 1));
    this.spans.push(span);
    return span;
  }

  startActiveSpan(): never {
    throw new Error('Use startSpan and context.with.');
  }
}

class AsyncContexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();

  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }
  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(active: Context, work: F, thisArg?: ThisParameterType<F>, ...args: A): ReturnType<F> {
    return this.#storage.run(active, () => work.call(thisArg, ...args));
  }
  bind<T>(_active: Context, target: T): T {
    return target;
  }
  enable(): this {
    return this;
  }
  disable(): this {
    return this;
  }
}
