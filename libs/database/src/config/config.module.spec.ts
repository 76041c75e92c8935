import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { GitConfig } from './areas/git.config.js';
import { HttpConfig } from './areas/http.config.js';
import { WorkerConfig } from './areas/worker.config.js';
import { ConfigurationModule } from './config.module.js';

const VARIABLES = ['PORT', 'HOST', 'WORKER_PORT', 'GIT_MAX_FILES'];

describe('ConfigurationModule', () => {
  let folder: string;
  let envFile: string;
  const before = new Map(VARIABLES.map((name) => [name, process.env[name]]));

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plinth-env-'));
    envFile = join(folder, '.env');
    for (const name of VARIABLES) delete process.env[name];
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it('provides each area by its class, from .env, and what is set wins over the file', async () => {
    await writeFile(envFile, 'PORT=4100\nWORKER_PORT=4101\n');
    process.env['WORKER_PORT'] = '4200';
    const module = await Test.createTestingModule({
      imports: [ConfigurationModule.forRoot({ areas: [HttpConfig, WorkerConfig], envFile })],
    }).compile();
    expect(module.get(HttpConfig)).toMatchObject({ port: 4100, host: '127.0.0.1' });
    expect(module.get(WorkerConfig).port).toBe(4200);
    await module.close();
  });

  it('stops the boot with the problems of all areas', async () => {
    await writeFile(envFile, 'PORT=high\nGIT_MAX_FILES=0\n');
    const boot = async (): Promise<unknown> =>
      Test.createTestingModule({
        imports: [ConfigurationModule.forRoot({ areas: [HttpConfig, GitConfig], envFile })],
      }).compile();
    await expect(boot()).rejects.toThrow(/PORT = "high"[\s\S]*GIT_MAX_FILES = "0"/);
  });
});
