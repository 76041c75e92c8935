import { check, TourError } from './expect.mjs';

/** Somebody who asks the API, with the token or key that they have. */
export class Caller {
  /** @param who how the transcript calls them */
  constructor({ url, transcript, who, token }) {
    this.url = url;
    this.transcript = transcript;
    this.who = who;
    this.token = token;
  }

  /** The same API asked by somebody else. */
  as(who, token) {
    return new Caller({ ...this, who, token });
  }

  /**
   * Asks, and checks the status. `show` names the fields of the answer that the transcript shows, or makes its lines;
   * `quiet` leaves the request out of it.
   * @returns the answer's body, `{}` where it has none
   * @throws TourError for any other status
   */
  async ask(method, path, { expect, body, headers, show = [], quiet = false }) {
    const started = performance.now();
    const response = await this.send(method, path, { body, headers });
    const text = await response.text();
    const answer = text === '' ? {} : JSON.parse(text);
    const { status } = response;
    if (!quiet) {
      this.transcript.exchange({ who: this.who, method, path, status, milliseconds: Math.round(performance.now() - started), lines: linesOf(answer, show) });
    }
    check(status === expect, `${method} ${path}: expected ${expect}, got ${status}: ${text}`);
    return answer;
  }

  /** The plain request, with this caller's credential. @throws TourError where nobody answers */
  async send(method, path, { body, headers } = {}) {
    const answer = fetch(this.url + path, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return answer.catch((error) => {
      throw new TourError(`Nobody answers at ${this.url} (${error.cause?.code ?? error.message}). Start Plinth with "npm start", or say --url.`);
    });
  }

  /** Every item of a list, page by page. */
  async everyPage(path) {
    const items = [];
    for (let cursor = ''; cursor !== null;) {
      const page = await this.ask('GET', `${path}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`, { expect: 200, quiet: true });
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }
}

function linesOf(answer, show) {
  if (typeof show === 'function') return show(answer);
  return show.map((field) => `${field}: ${asText(answer[field])}`);
}

/** Text as it is, anything else as JSON. */
export function asText(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The essential lines of a problem document. */
export function problemLines({ code, detail, errors }) {
  return [`${code}: ${detail}`, ...(errors ?? []).map(({ field, message }) => `${field}: ${message}`)];
}
