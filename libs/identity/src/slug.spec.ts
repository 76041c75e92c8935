import { slugOf, slugWithEnding } from './slug.js';

describe('the slug of a name', () => {
  it.each([
    ['Analytical Engines', 'analytical-engines'],
    ['  Crème & Brûlée, Ltd. ', 'creme-brulee-ltd'],
    ['a--b__c', 'a-b-c'],
    ['株式会社', 'organization'],
    ['---', 'organization'],
    [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
  ])('%p becomes %p', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('gets a random ending when it is taken', () => {
    expect(slugWithEnding('acme')).toMatch(/^acme-[a-z2-9]{5}$/);
    expect(slugWithEnding('acme')).not.toBe(slugWithEnding('acme'));
  });
});
