import { repositoryRoot } from '../../../embedded/home.js';
import { RULES } from '../rules/index.js';
import { renderPages } from './render-pages.js';
import { stalePages } from './write-pages.js';

describe('the pages of the rules', () => {
  it('are what the rules say: npm run schema:lint -- --pages writes them', async () => {
    expect(await stalePages(repositoryRoot())).toEqual([]);
  });

  it('say for every rule why, what instead, and how to let it give way', () => {
    const pages = renderPages();
    expect(pages.size).toBe(RULES.length + 1);
    for (const { id } of RULES) {
      const page = pages.get(`${id}.md`) ?? '';
      expect(page).toContain('**Why.**');
      expect(page).toContain('## Red');
      expect(page).toContain('## Green');
      expect(page).toContain(`-- plinth:allow ${id}: <reason>`);
    }
  });
});
