import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../embedded/home.js';
import { entities } from '../../entities/index.js';
import { migrations } from '../../migrations/index.js';
import { testEnvironment } from '../../testing/environment.js';
import { DOCS_FOLDER } from './file-names.js';
import { renderDocs, type RenderedDocs } from './render.js';
import { schemaDocument, type SchemaDocument } from './schema-document.js';
import { staleFiles, writeDocs } from './write.js';

let schema: SchemaDocument;
let docs: RenderedDocs;

beforeAll(async () => {
  const { urls } = testEnvironment();
  schema = await schemaDocument({ scratchUrl: urls.admin, ownerUrl: urls.owner });
  docs = await renderDocs(schema);
});

describe('docs/schema', () => {
  it('is current on this version of PostgreSQL (npm run schema:docs)', async () => {
    expect(await staleFiles(join(repositoryRoot(), DOCS_FOLDER), docs)).toEqual([]);
  });

  it('has every table of the entities on exactly one page, and a version for each migration', () => {
    const tables = schema.areas.flatMap((area) => area.tables.map(({ name }) => name));
    expect(new Set(tables).size).toBe(tables.length);
    expect(tables).toHaveLength(entities.length);
    expect(schema.versions.map(({ migration }) => migration)).toEqual(migrations.map(({ name }) => name).reverse());
  });

  it('says of a table what the catalogue and its entity say', () => {
    const page = docs.get('identity.md') ?? '';
    const [, section = ''] = page.split('## `organization_user`\n');
    const [own = ''] = section.split('\n## ');
    expect(own).toContain('Class **M** (membership)');
    expect(own).toContain("| `role` | varchar(50) |  |  | What the member is in the organization. One of `'OWNER'`, `'ADMIN'`, `'DEVELOPER'`, `'VIEWER'`. |");
    expect(own).toContain('| `fk_organization_user_user_id` | reference | `(user_id) → user (id), on delete cascade` |');
    expect(own).toContain('| `tenant_update` | update | app_tenant | `org_id = app.current_org_id()` | `org_id = app.current_org_id()` |');
    expect(own).toContain('| app_tenant | yes | yes | role, permissions | yes |');
    expect(own).toContain('| `touch_updated_at` | before update | `app.touch_updated_at()` |');
  });

  it('draws every relation of an area in Mermaid, between entities that are declared or next door', () => {
    const page = docs.get('teams.md') ?? '';
    expect(page).toContain('  team_membership }o--|| team : team_id');
    expect(page).toContain('  team_invitation }o--o| user : invited_by');
    expect(page).toContain('    uuid role_id PK, FK');
  });

  it('has one page of HTML that loads nothing and runs only its own script', () => {
    const page = docs.get('schema.html') ?? '';
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/\s(src|srcset)=|url\(|@import|https?:\/\//);
    expect(page).not.toMatch(/\son\w+=|\sstyle=/);
  });

  it('links inside the page to what is there', () => {
    const page = docs.get('schema.html') ?? '';
    const ids = new Set([...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, target]) => target);
    expect(links.length).toBeGreaterThan(200);
    expect(links.filter((target) => !ids.has(target))).toEqual([]);
  });

  it('is written where it is not current, rid of what is rendered no more, and otherwise left alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plinth-docs-'));
    try {
      expect(await writeDocs(folder, docs)).toHaveLength(docs.size);
      expect(await staleFiles(folder, docs)).toEqual([]);
      await writeFile(join(folder, 'gone.md'), 'of an area that is no more');
      await writeFile(join(folder, 'core.md'), 'edited by hand');
      expect(await staleFiles(folder, docs)).toEqual(['core.md', 'gone.md']);
      expect(await writeDocs(folder, docs)).toEqual(['core.md', 'gone.md']);
      expect(await readdir(folder)).toEqual([...docs.keys()].sort());
      expect(await readFile(join(folder, 'core.md'), 'utf8')).toBe(docs.get('core.md'));
      expect(await writeDocs(folder, docs)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
