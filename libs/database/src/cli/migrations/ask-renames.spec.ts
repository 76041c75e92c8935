import { askForRenames } from './ask-renames.js';

const CANDIDATES = [
  { kind: 'column', from: 'note.body', to: ['note.text', 'note.content'], flag: '--rename' },
  { kind: 'column', from: 'note.title', to: ['note.text'], flag: '--rename' },
] as const;

describe('somebody who is asked for renames', () => {
  it('chooses by number, and a name that is taken is not offered again', async () => {
    const questions: string[] = [];
    const answers = ['1', 'drop'];
    const decisions = askForRenames([CANDIDATES[0], { ...CANDIDATES[1], to: ['note.text', 'note.content'] }], (question) => {
      questions.push(question);
      return Promise.resolve(answers.shift() ?? '');
    });

    expect(await decisions).toEqual({ renames: [{ kind: 'column', table: 'note', from: 'body', to: 'text' }], allowLoss: ['note.title'] });
    expect(questions[0]).toContain('2     it is note.content now');
    expect(questions[1]).not.toContain('note.text now');
  });

  it('says of a table what it is called now', async () => {
    const candidate = { kind: 'table', from: 'note', to: ['remark'], flag: '--rename-table' } as const;
    expect(await askForRenames([candidate], () => Promise.resolve(' 1 '))).toEqual({ renames: [{ kind: 'table', from: 'note', to: 'remark' }], allowLoss: [] });
  });

  it.each(['', '0', '3', 'yes'])('writes nothing with the answer "%s"', async (answer) => {
    await expect(askForRenames([CANDIDATES[0]], () => Promise.resolve(answer))).rejects.toThrow('Nobody said what became of "note.body"');
  });
});
