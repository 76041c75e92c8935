import { dataOf } from '#client';
import type { PlinthCommand } from '../command.js';

export const whoami: PlinthCommand = {
  usage: 'whoami',
  summary: 'who is signed in, and in which organization',
  examples: ['whoami', 'whoami --json'],
  async run({ terminal, isJson, client }) {
    const me = await dataOf((await client()).GET('/v1/me'));
    const { organization } = me;
    terminal.out(isJson ? JSON.stringify(me) : `${me.name} <${me.email}>, ${organization.role} of ${organization.name}`);
  },
};
