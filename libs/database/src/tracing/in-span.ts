import { context, ProxyTracerProvider, SpanStatusCode, trace, type Attributes, type Span, type SpanKind, type Tracer } from '@opentelemetry/api';
import { sqlStateOf } from '../errors.js';

const NAME = 'plinth';

/** The tracer of whatever OpenTelemetry SDK runs in this process, or undefined where none does: then nothing is traced, and nothing costs. */
export function activeTracer(): Tracer | undefined {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider ? provider.getDelegateTracer(NAME) : provider.getTracer(NAME);
}

export interface SpanFacts {
  readonly kind?: SpanKind;
  /** Never a value that a caller sent, and nothing that names an organization or a person. */
  readonly attributes?: Attributes;
}

/** Runs `work` in a span of its own, beneath the one that is active. What it throws ends the span as an error, by its kind alone. */
export function inSpan<T>(name: string, facts: () => SpanFacts, work: () => Promise<T>): Promise<T> {
  const active = activeTracer();
  if (active === undefined) return work();
  const span = active.startSpan(name, facts());
  return context.with(trace.setSpan(context.active(), span), () => untilEnd(span, work));
}

async function untilEnd<T>(span: Span, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    markFailed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Messages of errors quote values, so that only the error's kind is kept. */
function markFailed(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', sqlStateOf(error) ?? (error instanceof Error ? error.name : typeof error));
}
