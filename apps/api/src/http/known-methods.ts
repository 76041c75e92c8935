import type { FastifyInstance } from 'fastify';
import { MethodNotAllowedError } from './errors.js';

/** Where a path leads by its template, and by which methods. */
interface KnownPath {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

/** Answers 405 with `Allow` where a path exists and only the method is wrong. Installed before the routes are. */
export function refuseWrongMethods(server: FastifyInstance): void {
  const known = new Map<string, KnownPath>();
  server.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const path = known.get(url) ?? { segments: url.split('/'), methods: new Set<string>() };
    for (const name of [method].flat()) path.methods.add(name);
    known.set(url, path);
  });
  server.addHook('preValidation', (request, reply, done) => {
    if (!request.is404) return done();
    const allowed = methodsOf(known.values(), request.url.split('?', 1)[0] ?? '');
    if (allowed.length === 0) return done();
    void reply.header('allow', allowed.join(', '));
    done(new MethodNotAllowedError(allowed));
  });
}

function methodsOf(known: Iterable<KnownPath>, path: string): string[] {
  const segments = path.split('/');
  const methods = new Set<string>();
  for (const candidate of known) if (leadsTo(candidate.segments, segments)) for (const method of candidate.methods) methods.add(method);
  return [...methods].sort();
}

function leadsTo(template: readonly string[], path: readonly string[]): boolean {
  return template.length === path.length && template.every((segment, index) => segment === path[index] || (segment.startsWith(':') && path[index] !== ''));
}
