import { createServer } from 'node:net';
import { once } from 'node:events';
import { readable } from '../lib/log-lines.mjs';
import { explain } from '../lib/install.mjs';
import { checkNode } from '../lib/requirements.mjs';
import { duration } from '../lib/say.mjs';
import { addressOf, SERVICES } from '../lib/services.mjs';

describe('what npm start says when something is missing', () => {
  const before = { ...process.env };
  afterEach(() => {
    process.env = { ...before };
  });

  it('names both versions of Node where it is too old, and takes every newer one', () => {
    expect(() => checkNode('18.20.4')).toThrow(/^Node 18\.20\.4 is too old: Plinth needs 20\.19\.0 or newer/);
    expect(() => checkNode('20.18.9')).toThrow(/too old/);
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0']) expect(() => checkNode(version)).not.toThrow();
  });

  it('names a taken port and the variable that changes it', async () => {
    const [, worker] = SERVICES;
    process.env['WORKER_PORT'] = '0';
    const { port } = (await addressOf(worker)) as { readonly port: number };
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    process.env['WORKER_PORT'] = String(port);
    await expect(addressOf(worker)).rejects.toThrow(
      `Port ${port} is taken, so the worker cannot listen there. Stop what uses it, or set WORKER_PORT to another`,
    );
    squatter.close();
  });

  it('refuses a port that is none, and settles port 0', async () => {
    const [api] = SERVICES;
    process.env['PORT'] = '70000';
    await expect(addressOf(api)).rejects.toThrow('PORT is "70000", which is no port');
    process.env['PORT'] = '0';
    expect((await addressOf(api)).port).toBeGreaterThan(0);
  });

  it('tells why npm failed: no network, no disk, no right to write', () => {
    expect(explain(1, 'npm error code ENOTFOUND\nnpm error network request to https://registry.example failed')).toMatch(
      /^npm could not reach the package registry/,
    );
    expect(explain(1, 'npm error code ENOSPC')).toMatch(/^No space is left on the disk/);
    expect(explain(1, 'npm error code EACCES')).toMatch(/^npm may not write/);
    expect(explain(1, 'npm ci can only install packages when your package.json and package-lock.json are in sync')).toMatch(/do not fit together/);
    expect(explain(7, 'something else')).toMatch(/exit code 7/);
  });
});

describe('what npm start shows of the services', () => {
  it('turns a JSON log line into one for people, with the fields that matter and the stack of an error', () => {
    const line = JSON.stringify({
      level: 'error',
      time: '2026-11-20T23:01:02.345Z',
      pid: 1,
      hostname: 'h',
      name: 'api',
      msg: 'Failed',
      requestId: 'r-1',
      err: { message: 'boom', stack: 'Error: boom\n    at x' },
    });
    expect(readable(line)).toBe('23:01:02.345 error Failed requestId=r-1\nError: boom\n    at x');
  });

  it('leaves everything else as it is', () => {
    for (const line of ['plain text', '{ no json', '{"an":"object"}']) expect(readable(line)).toBe(line);
  });

  it('says durations as people do', () => {
    expect([duration(0), duration(842.4), duration(3_210)]).toEqual(['0 ms', '842 ms', '3.2 s']);
  });
});
