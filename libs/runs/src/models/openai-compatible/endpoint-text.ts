const LONGEST = 300;

/** Makes what an endpoint said fit for an error: on one line, short, and without the key. */
export type Quote = (text: string) => string;

/** A {@link Quote} that replaces `apiKey`, before anything is cut, so that no part of it is left. */
export function quoteWithout(apiKey: string | undefined): Quote {
  return (text) => {
    const redacted = apiKey === undefined ? text : text.replaceAll(apiKey, '***');
    const line = redacted.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  };
}
