import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '#database/testing';
import { Chromium } from './support/chromium.js';
import { startApi, type RunningApi } from './support/running-api.js';

const VIEWPORT = { width: 1440, height: 1000 };

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

let database: TestDatabase;
let api: RunningApi;
let browser: Chromium;

beforeAll(async () => {
  database = await createTestDatabase();
  api = await startApi(database, { NODE_ENV: 'development' });
});

afterAll(async () => {
  await api?.close();
  await database?.drop();
});

beforeEach(async () => {
  browser = await Chromium.start(VIEWPORT);
  await browser.prefer('light');
  await browser.open(`${api.url}/docs/schema`);
});

afterEach(() => browser?.close());

/** Of every element that the selector finds, where it stands on the page. */
function rectanglesOf(selector: string): Promise<Rectangle[]> {
  return browser.evaluate<Rectangle[]>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { left, right, top: top + scrollY, bottom: bottom + scrollY };
    })`,
  );
}

const visibleTables = (): Promise<string[]> =>
  browser.evaluate<string[]>(
    `[...document.querySelectorAll('article[data-table]')].filter((card) => card.checkVisibility()).map((card) => card.dataset.table)`,
  );
const luminance = (): Promise<number> =>
  browser.evaluate<number>(`getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).slice(0, 3).map(Number).reduce((sum, part) => sum + part, 0)`);
const overlapping = (one: Rectangle, other: Rectangle): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Kept for people to look at: .ci and developers find them below the tests' home. */
async function keepPicture(name: string): Promise<void> {
  const folder = process.env['PLINTH_PICTURES'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await browser.screenshot(join(folder, `${name}.png`));
}

describe('the page of the schema, in Chromium', () => {
  it('shows every table, asks for nothing but itself and complains of nothing', async () => {
    expect(await visibleTables()).toHaveLength(await browser.evaluate<number>(`document.querySelectorAll('nav [data-table]').length`));
    expect((await visibleTables()).length).toBeGreaterThan(40);
    await keepPicture('light');
    await browser.click('#details');
    await browser.click('#theme');
    expect(browser.requests()).toEqual([`${api.url}/docs/schema`]);
    expect(browser.complaints()).toEqual([]);
  });

  it('holds scripts and requests off by its own policy', async () => {
    await browser.evaluate(`document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.intruded = true' }))`);
    expect(await browser.evaluate<boolean>('window.intruded === true')).toBe(false);
    expect(await browser.evaluate<string>(`fetch('/health/live').then(() => 'sent', () => 'refused')`)).toBe('refused');
    expect(browser.complaints().length).toBeGreaterThan(0);
  });

  it('draws a box for each table of an area, apart from one another and within the viewport, and lines between them', async () => {
    const areas = await browser.evaluate<string[]>(`[...document.querySelectorAll('section[data-area]')].map((area) => area.id)`);
    expect(areas).toHaveLength(9);
    for (const area of areas) {
      const [boxes, cards] = [await rectanglesOf(`#${area} .diagram .frame`), await rectanglesOf(`#${area} article[data-table]`)];
      expect(boxes.length).toBeGreaterThanOrEqual(cards.length);
      const [picture] = await rectanglesOf(`#${area} .diagram`);
      const outside = boxes.filter((box) => picture === undefined || box.left < picture.left || box.right > picture.right || box.bottom > picture.bottom);
      expect({ area, outside, beyond: boxes.filter(({ left, right }) => left < 0 || right > VIEWPORT.width) }).toEqual({ area, outside: [], beyond: [] });
      expect({ area, touching: boxes.filter((box, place) => boxes.slice(place + 1).some((other) => overlapping(box, other))) }).toEqual({ area, touching: [] });
    }
    const lines = await rectanglesOf('.diagram .line > path:first-of-type');
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.filter(({ left, right }) => right - left < 10 || left < 0 || right > VIEWPORT.width)).toEqual([]);
  });

  it('keeps every text of a diagram within its box', async () => {
    const leaving = await browser.evaluate<string[]>(
      `[...document.querySelectorAll('.diagram .box')].flatMap((box) => {
        const frame = box.querySelector('.frame').getBoundingClientRect();
        return [...box.querySelectorAll('text')].filter((text) => { const r = text.getBoundingClientRect(); return r.left < frame.left || r.right > frame.right; })
          .map((text) => text.textContent);
      })`,
    );
    expect(leaving).toEqual([]);
  });

  it('narrows to the tables that have the words, as one types after "/", and back with Escape', async () => {
    const all = (await visibleTables()).length;
    await browser.press('/');
    await browser.type('argon2id');
    expect(await visibleTables()).toEqual(['user_credential']);
    expect(await browser.evaluate<string>(`document.getElementById('found').textContent`)).toBe(`1 of ${all} tables`);
    await keepPicture('search');
    await browser.press('Escape');
    expect(await visibleTables()).toHaveLength(all);
    await browser.type('zebra crossing');
    expect(await visibleTables()).toEqual([]);
    expect(await browser.evaluate<boolean>(`document.getElementById('nothing').checkVisibility()`)).toBe(true);
  });

  it('goes from a box of a diagram to its table', async () => {
    await browser.evaluate(`document.getElementById('a-identity').scrollIntoView({ behavior: 'instant' })`);
    await browser.click('#a-identity .diagram a[href="#t-refresh_token"] .frame');
    await browser.until(`location.hash === '#t-refresh_token'`);
    await browser.until(
      `(() => { const { top, bottom } = document.getElementById('t-refresh_token').getBoundingClientRect(); return top >= 0 && top < ${VIEWPORT.height} && bottom > 0; })()`,
    );
  });

  it('shows a table that the search hid when a reference leads to it', async () => {
    await browser.press('/');
    await browser.type('argon2id');
    await browser.evaluate(`document.querySelector('#t-user_credential a.reference').click()`);
    await browser.until(`location.hash === '#t-user'`);
    expect(await visibleTables()).toContain('user');
  });

  it('is dark where the system is, and the other way round by its button', async () => {
    const light = await luminance();
    await browser.prefer('dark');
    await browser.until('matchMedia("(prefers-color-scheme: dark)").matches');
    const dark = await luminance();
    expect(dark).toBeLessThan(light / 4);
    await keepPicture('dark');
    await browser.click('#theme');
    expect(await luminance()).toBe(light);
  });
});
