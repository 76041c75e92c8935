import { plainSql, withoutParentheses } from './sql-text.js';

describe('SQL as the documentation shows it', () => {
  it.each([
    [`(((status)::text = ANY (ARRAY['A'::text, 'B c'::text])))`, `status in ('A', 'B c')`],
    [`(((state)::text = 'READY'::text) AND (virtual_time IS NOT NULL))`, `state = 'READY' and virtual_time is not null`],
    [`((email)::text = lower((email)::text))`, 'email = lower(email)'],
    [`((id = app.current_user_id()) OR app.shares_organization(id))`, '(id = app.current_user_id()) or app.shares_organization(id)'],
    [`(note = 'AND OR NOT'::text)`, `note = 'AND OR NOT'`],
    [`(title = 'it''s'::text)`, `title = 'it''s'`],
    ['true', 'true'],
  ])('%s is %s', (printed, shown) => {
    expect(plainSql(printed)).toBe(shown);
  });

  it('loses no parentheses that mean something', () => {
    expect(withoutParentheses('(a) or (b)')).toBe('(a) or (b)');
    expect(withoutParentheses('((a))')).toBe('a');
  });
});
