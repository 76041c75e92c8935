import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../embedded/home.js';
import { findingCodes } from './codes.js';
import { FINDINGS_FILE, renderFindings } from './findings-page.js';

/** What a code ends with where a whole thing is missing, extra, or there in another form. */
const ENDINGS: readonly (readonly [rule: RegExp, code: RegExp])[] = [
  [/\.missing$/, /_(MISSING|PENDING)$/],
  [/\.extra$/, /_(EXTRA|OPEN|WITHHELD|PRESENT|CLOSED|TO_PUBLIC|OF_OTHER_ROLE)$|^OUTSIDE_/],
];

describe('the codes of findings', () => {
  it('are on the committed page: npm run schema:docs writes it', async () => {
    expect(await readFile(join(repositoryRoot(), FINDINGS_FILE), 'utf8')).toBe(renderFindings());
  });

  it('have each a row in every class that they are given', () => {
    const page = renderFindings();
    for (const [code, uses] of findingCodes()) {
      const classes = new Set(uses.map(({ words }) => words.driftClass));
      expect([code, page.split(`| \`${code}\` |`).length - 1]).toEqual([code, classes.size]);
    }
  });

  it('mean one thing: a code that says something is missing is never given to what is extra or different', () => {
    const strange = [...findingCodes()].flatMap(([code, uses]) =>
      uses
        .filter(({ rule }) => ENDINGS.some(([place, ending]) => rule !== 'otherwise' && place.test(rule) !== ending.test(code)))
        .map(({ rule }) => [code, rule]),
    );
    expect(strange).toEqual([]);
  });

  it('are stable texts of capitals', () => {
    expect([...findingCodes().keys()].filter((code) => !/^[A-Z]+(_[A-Z]+)+$/.test(code))).toEqual([]);
  });
});
