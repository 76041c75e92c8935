import { newId } from '../../../ids.js';
import { reportOf, type Finding, type IsolationReport, type Verdict } from '../findings.js';
import { routesOf, type OpenApiDocument, type Route } from './openapi.js';
import { draftOf, placesOf, targetOf, type Place } from './places.js';

/** An answer as it came over the wire. */
export interface RouteAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends one request; `body` goes as JSON. */
export type SendRequest = (method: string, path: string, options: { readonly token: string; readonly body?: unknown }) => Promise<RouteAnswer>;

/** Ids of one resource. */
export interface ResourceIds {
  /** Makes one of the attacker's own, anew each time since a route may delete it, and answers its id. */
  readonly own: () => Promise<string>;
  /** One of the organization under attack. */
  readonly theirs: string;
  /** One that nobody has. Without it a random UUID is taken. */
  readonly nobodys?: () => string;
}

export interface RouteProof {
  readonly request: SendRequest;
  /** The attacker's. */
  readonly token: string;
  /** By the part of the path before an id (`agents` in `/v1/agents/{id}`), or by the name of a parameter or property. */
  readonly resources: Readonly<Record<string, ResourceIds>>;
  /** Texts of the organization under attack that no answer may hold, beside the ids. */
  readonly secrets?: readonly string[];
  /** What the organization under attack has, in any form that compares: it must not change under any request. */
  readonly stateOfTheirs?: () => Promise<unknown>;
}

const CHECK = 'routes';

/**
 * Puts ids of another organization into every place of every route that takes one, and compares status, body and headers with
 * the answer to an id that nobody has; an id of the attacker's own shows that the route would have found something. A place
 * that `resources` has no ids for is reported as one that could not be looked at. No answer may show a secret.
 */
export async function proveRoutes(document: OpenApiDocument, proof: RouteProof): Promise<IsolationReport> {
  const findings: Finding[] = [];
  const hasChanged = await changesOf(proof);
  for (const route of routesOf(document)) {
    const places = placesOf(document, route);
    for (const place of places) findings.push(await attack(document, route, place, places, proof, hasChanged));
    if (route.method === 'GET' && !places.some(({ required }) => required)) findings.push(await read(document, route, proof));
  }
  return reportOf(findings);
}

async function attack(
  document: OpenApiDocument,
  route: Route,
  place: Place,
  places: readonly Place[],
  proof: RouteProof,
  hasChanged: () => Promise<boolean>,
): Promise<Finding> {
  const tell = teller(route, `another organization's id as "${place.names[0]}" in the ${place.in}`);
  const resource = idsFor(place, proof);
  const companions = places.filter((other) => other !== place && other.required);
  const unknown = companions.find((companion) => idsFor(companion, proof) === undefined);
  if (resource === undefined) return tell('unknown', `ids for "${place.names.join('" or "')}" in \`resources\``, 'none');
  if (unknown !== undefined) return tell('unknown', `ids for "${unknown.names.join('" or "')}" in \`resources\``, 'none');
  const beside = await Promise.all(companions.map(async (companion) => ({ companion, id: (await idsFor(companion, proof)?.own()) ?? '' })));
  const send = async (id: string): Promise<RouteAnswer> => {
    const draft = draftOf(document, route);
    for (const other of beside) other.companion.put(draft, other.id);
    place.put(draft, id);
    return visible(await proof.request(route.method, targetOf(draft), { token: proof.token, body: draft.body }), id);
  };
  const nobodys = await send(resource.nobodys?.() ?? newId());
  const theirs = await send(resource.theirs);
  if (await hasChanged()) return tell('broken', 'nothing of theirs changed', 'it changed');
  if (!isSame(theirs, nobodys)) return tell('broken', describe(nobodys), describe(theirs));
  const own = await send(await resource.own());
  if (own.status < 200 || own.status > 299) return tell('unknown', "one of the attacker's own to be found", describe(own));
  return isSame(own, nobodys)
    ? tell('unknown', "one of the attacker's own to be told from nobody's", describe(own))
    : tell('held', describe(nobodys), describe(theirs));
}

/** Reads a route that needs no id: what it shows must not be theirs. */
async function read(document: OpenApiDocument, route: Route, { request, token, resources, secrets = [] }: RouteProof): Promise<Finding> {
  const tell = teller(route, 'reading what is shown without an id');
  const answer = await request(route.method, targetOf(draftOf(document, route)), { token });
  const shown = JSON.stringify([answer.headers, answer.text]);
  const found = [...Object.values(resources).map(({ theirs }) => theirs), ...secrets].find((secret) => shown.includes(secret));
  if (found !== undefined) return tell('broken', 'nothing of theirs', `"${found}" in ${describe(answer)}`);
  return answer.status < 300 ? tell('held', 'nothing of theirs', String(answer.status)) : tell('unknown', 'an answer', describe(answer));
}

function idsFor({ names }: Place, { resources }: RouteProof): ResourceIds | undefined {
  const name = names.find((candidate) => Object.hasOwn(resources, candidate));
  return name === undefined ? undefined : resources[name];
}

/** Says each time whether what is theirs has changed since the last time. */
async function changesOf({ stateOfTheirs }: RouteProof): Promise<() => Promise<boolean>> {
  const read = async (): Promise<string> => JSON.stringify(await stateOfTheirs?.()) ?? '';
  let last = await read();
  return async () => {
    const before = last;
    last = await read();
    return last !== before;
  };
}

/** What a caller can see of an answer, with what differs between any two requests taken out: the time, the request's id, the id asked for. */
function visible({ status, headers, text }: RouteAnswer, id: string): RouteAnswer {
  const { date: _date, 'x-request-id': requestId, ...rest } = headers;
  const plain = (value: string): string => (requestId === undefined ? value : value.replaceAll(requestId, '<request>')).replaceAll(id, '<id>');
  const named = Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1));
  return { status, headers: Object.fromEntries(named.map(([name, value]) => [name, plain(value)])), text: plain(text) };
}

function isSame(one: RouteAnswer, other: RouteAnswer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function describe({ status, headers, text }: RouteAnswer): string {
  return `${status} ${text.slice(0, 300)} ${JSON.stringify(headers)}`;
}

function teller({ method, path }: Route, attackText: string): (verdict: Verdict, expected: string, actual: string) => Finding {
  return (verdict, expected, actual) => ({ check: CHECK, object: `${method} ${path}`, attack: attackText, verdict, expected, actual });
}
