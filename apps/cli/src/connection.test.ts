import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { keepConfig, resolveConnection } from './connection.js';
import { cliFolder } from './runCli.testing.js';

const KEPT = { url: 'https://kept.example.com', apiKey: 'pdk_kept' };
const GIVEN = { url: 'https://given.example.com', apiKey: 'pdk_given' };

let configFile: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  configFile = join(folder, 'paddock', 'config.json');
  await keepConfig(configFile, KEPT);
});

const environment = (more: { url?: string; apiKey?: string } = {}) => ({
  url: undefined,
  apiKey: undefined,
  configFile,
  ...more,
});

describe('resolveConnection', () => {
  it('uses what was kept, in a file that only its owner can read', async () => {
    expect(await resolveConnection({}, environment())).toEqual(KEPT);
    expect((await stat(configFile)).mode & 0o777).toBe(0o600);
  });

  it('prefers the environment, and the command line before it', async () => {
    expect(await resolveConnection({}, environment(GIVEN))).toEqual(GIVEN);
    const apiKeyFile = join(configFile, '..', 'key');
    await writeFile(apiKeyFile, ' pdk_file\n');
    expect(await resolveConnection({ url: 'http://127.0.0.1:8080/', apiKeyFile }, environment(GIVEN))).toEqual({
      url: 'http://127.0.0.1:8080',
      apiKey: 'pdk_file',
    });
  });

  it('sends a kept key to no other server', async () => {
    await expect(resolveConnection({ url: 'https://other.example.com' }, environment())).rejects.toMatchObject({
      code: 'no_api_key',
    });
    await expect(resolveConnection({}, environment({ url: 'http://kept.example.com' }))).rejects.toMatchObject({
      code: 'no_api_key',
    });
  });

  it('refuses an address that is none', async () => {
    await expect(resolveConnection({ url: 'file:///etc/passwd' }, environment(GIVEN))).rejects.toMatchObject({
      code: 'usage',
    });
  });

  it('says nothing of a file’s content that it can’t read', async () => {
    await writeFile(configFile, '{"apiKey":"pdk_broken"');
    await expect(resolveConnection({}, environment())).rejects.toMatchObject({
      code: 'config_unreadable',
      message: expect.not.stringContaining('pdk_broken'),
    });
  });
});

describe('--as', () => {
  it('takes server and key from the local stack above, and knows only its organizations', async () => {
    const { path, paddock } = await cliFolder();
    await mkdir(join(path, '.paddock'));
    await writeFile(
      join(path, '.paddock', 'stack.json'),
      JSON.stringify({ apiUrl: 'http://127.0.0.1:1', organizations: [{ slug: 'acme', apiKey: 'pdk_acme' }] }),
    );
    expect(await paddock(['plugins', '--as', 'acme'])).toMatchObject({ exitCode: 69 });
    expect(await paddock(['plugins', '--as', 'globex'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('It has: acme'),
    });
  });
});
