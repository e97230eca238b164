/** From an empty folder to a signed bundle, without a server, by the command itself. */
import { execFile } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyIdOf, parsePublishStatement, verifyEnvelope } from '@paddock/bundle';
import { inspectBundle, unpackBundle } from '@paddock/bundle/read';
import { Manifest, type TrustedKey } from '@paddock/contracts';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.js';
import { type CliFolder, cliFolder } from './runCli.testing.js';

const NAME = 'acme-greeter-0.1.0.tgz';

async function initialized(): Promise<CliFolder> {
  const folder = await cliFolder();
  expect(await folder.paddock(['init', 'plugin', '--name', 'acme/greeter'])).toMatchObject({ exitCode: 0 });
  return folder;
}

const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

async function trustedKey(pem: string): Promise<TrustedKey> {
  const publicKey = createPublicKey(pem).export({ format: 'der', type: 'spki' }).toString('base64');
  return {
    keyId: await keyIdOf(publicKey),
    publicKey,
    validFrom: '2020-01-01T00:00:00.000Z',
    validUntil: null,
    revokedAt: null,
  };
}

/** What a plugin answers to one call of a tool. */
function call(main: string, tool: string, input: object): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [main], (error, stdout) => {
      const answer = stdout
        .split('\n')
        .filter(Boolean)
        .map(json)
        .find((message) => message['id'] === 1);
      if (error !== null || answer === undefined) reject(error ?? new Error(stdout));
      else resolve(answer['result'] as Record<string, unknown>);
    });
    child.stdin?.end(
      `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool, arguments: input } })}\n`,
    );
  });
}

describe('init, pack and sign', () => {
  it('make a bundle that verifies, and a plugin that works', async () => {
    const { path, paddock } = await initialized();
    const packed = await paddock(['pack', 'plugin', '--json']);
    expect(packed).toMatchObject({ exitCode: 0, stderr: '' });
    const made = await paddock(['keygen', '--out', 'key.pem', '--json']);
    expect(made.exitCode).toBe(0);
    const signed = await paddock(['sign', NAME, '--key', 'key.pem', '--json']);
    expect(signed.exitCode).toBe(0);

    const { files, manifestBytes } = await inspectBundle(join(path, NAME));
    expect(files.map((file) => file.path)).toEqual(['README.md', 'main.mjs', 'plugin.json']);
    expect(json(packed.stdout)).toMatchObject({
      plugin: 'acme/greeter',
      version: '0.1.0',
      file: NAME,
      isBundled: true,
      files,
    });
    const manifest = Manifest.parse(json(new TextDecoder().decode(manifestBytes)));

    const key = await trustedKey(await readFile(join(path, 'key.pem'), 'utf8'));
    expect(json(made.stdout)).toMatchObject({ keyId: key.keyId, publicKey: key.publicKey });
    const { payload, keyIds } = await verifyEnvelope(
      await readFile(join(path, `${NAME}.sig.json`)),
      { keys: [key], threshold: 1 },
      new Date(),
    );
    expect(keyIds).toEqual([key.keyId]);
    const statement = parsePublishStatement(payload);
    expect(statement.subject[0]).toEqual({
      name: 'acme/greeter@0.1.0',
      digest: { sha256: json(packed.stdout)['sha256'] },
    });
    expect(statement.predicate).toEqual({ plugin: 'acme/greeter', version: '0.1.0', files });

    await unpackBundle(join(path, NAME), join(path, 'unpacked'), files);
    const answer = await call(join(path, 'unpacked', manifest.entry), 'greet', { name: 'Ada' });
    expect(answer['structuredContent']).toEqual({ greeting: 'Hello, Ada!' });
  });

  it('sign with several keys, at once or one after the other, and only what the envelope is about', async () => {
    const { path, paddock } = await initialized();
    await paddock(['pack', 'plugin']);
    for (const key of ['a.pem', 'b.pem', 'c.pem']) await paddock(['keygen', '--out', key]);
    expect((await paddock(['sign', NAME, '--key', 'a.pem', '--key', 'b.pem'])).exitCode).toBe(0);
    const signed = await paddock(['sign', NAME, '--key', 'c.pem', '--add', `${NAME}.sig.json`, '--json']);
    const keys = await Promise.all(
      ['a.pem', 'b.pem', 'c.pem'].map(async (key) => trustedKey(await readFile(join(path, key), 'utf8'))),
    );
    expect(json(signed.stdout)['keyIds']).toEqual(keys.map(({ keyId }) => keyId));
    const envelope = await readFile(join(path, `${NAME}.sig.json`));
    expect((await verifyEnvelope(envelope, { keys, threshold: 3 }, new Date())).keyIds).toHaveLength(3);

    await writeFile(join(path, 'plugin', 'more.txt'), 'more');
    await paddock(['pack', 'plugin', '--out', 'other.tgz']);
    const other = await paddock(['sign', 'other.tgz', '--key', 'a.pem', '--add', `${NAME}.sig.json`]);
    expect(other).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('statement_digest_mismatch') });
    expect(await readFile(join(path, `${NAME}.sig.json`))).toEqual(envelope);
  });

  it('pack the same folder to the same bytes', async () => {
    const first = await initialized();
    const second = await initialized();
    const shas = await Promise.all(
      [first, second].map(async ({ paddock }) => json((await paddock(['pack', 'plugin', '--json'])).stdout)['sha256']),
    );
    expect(shas[0]).toBe(shas[1]);
  });

  it('leave a folder that is not empty alone', async () => {
    const { paddock } = await initialized();
    expect(await paddock(['init', 'plugin', '--name', 'acme/other'])).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('file_exists'),
    });
  });

  it('name each fault of a manifest by its field', async () => {
    const { path, paddock } = await initialized();
    const file = join(path, 'plugin', 'plugin.json');
    const manifest = json(await readFile(file, 'utf8'));
    await writeFile(
      file,
      JSON.stringify({ ...manifest, version: 'one', image: 'root:latest', limits: { memoryBytes: 1 } }),
    );
    const packed = await paddock(['pack', 'plugin', '--json']);
    expect(packed).toMatchObject({ exitCode: 5, stdout: '' });
    const { error } = json(packed.stderr) as { error: { code: string; issues: { path: string; message: string }[] } };
    expect(error.code).toBe('manifest_invalid');
    expect(error.issues.map(({ path }) => path).sort()).toEqual(['', 'limits.memoryBytes', 'version']);
    expect(error.issues.find(({ path }) => path === '')?.message).toContain('image');
  });

  it('say where plugin.json is not JSON', async () => {
    const { path, paddock } = await initialized();
    await appendFile(join(path, 'plugin', 'plugin.json'), '}');
    expect(await paddock(['pack', 'plugin'])).toMatchObject({
      exitCode: 5,
      stderr: expect.stringMatching(/manifest_not_json: .*position/),
    });
  });
});

describe('keygen', () => {
  it('writes a key that only its owner can read, once, and never prints it', async () => {
    const { path, paddock } = await cliFolder();
    const made = await paddock(['keygen']);
    expect(made.exitCode).toBe(0);
    const file = join(path, 'paddock-signing-key.pem');
    const pem = await readFile(file, 'utf8');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(made.stdout + made.stderr).not.toContain(pem.split('\n')[1]);
    expect(await paddock(['keygen'])).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('file_exists') });
    expect(await readFile(file, 'utf8')).toBe(pem);
  });
});

describe('sign', () => {
  it('takes no key but an Ed25519 key, and shows nothing of it', async () => {
    const { path, paddock } = await initialized();
    await paddock(['pack', 'plugin']);
    await writeFile(
      join(path, 'key.pem'),
      '-----BEGIN PRIVATE KEY-----\nc2VjcmV0IHNlY3JldCBzZWNyZXQ=\n-----END PRIVATE KEY-----\n',
    );
    const signed = await paddock(['sign', NAME, '--key', 'key.pem']);
    expect(signed).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('signature_algorithm') });
    expect(signed.stderr).not.toContain('c2VjcmV0');
  });

  it('signs no file that is not a bundle', async () => {
    const { path, paddock } = await cliFolder();
    await paddock(['keygen', '--out', 'key.pem']);
    await writeFile(join(path, 'x.tgz'), 'no gzip');
    expect(await paddock(['sign', 'x.tgz', '--key', 'key.pem'])).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('bundle_not_gzip'),
    });
  });
});

describe('the command line', () => {
  it.each([
    ['no command', [], 2, 'usage'],
    ['an unknown command', ['frobnicate'], 2, 'usage'],
    ['an unknown option', ['pack', '--frobnicate'], 2, 'usage'],
    ['no plugin name', ['install', 'not-a-name', '--url', 'http://127.0.0.1:1'], 2, 'usage'],
    ['no server', ['plugins'], 2, 'no_server'],
    ['no key', ['plugins', '--url', 'http://127.0.0.1:1'], 3, 'no_api_key'],
    ['no stack', ['plugins', '--as', 'acme'], 2, 'usage'],
    ['no such file', ['sign', 'none.tgz', '--key', 'none.pem'], 5, 'file_unreadable'],
    ['input that is no JSON', ['run', 'acme/greeter', 'greet', '--input', '{'], 2, 'usage'],
  ])('%s', async (_name, args, exitCode, code) => {
    const { paddock } = await cliFolder();
    const result = await paddock([...args, '--json']);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.stderr.slice(result.stderr.indexOf('{'))).toContain(`"code": "${code}"`);
  });

  it('tells a server that can’t be reached from everything else', async () => {
    const { paddock } = await cliFolder();
    const env = { PADDOCK_URL: 'http://127.0.0.1:1', PADDOCK_API_KEY: 'pdk_none' };
    expect(await paddock(['plugins'], { env })).toMatchObject({
      exitCode: 69,
      stdout: '',
      stderr: expect.stringContaining('unavailable'),
    });
  });

  it('has examples in the help of every command', () => {
    const leaves = createProgram().commands.flatMap((command) =>
      command.commands.length > 0 ? command.commands : [command],
    );
    expect(leaves.map((command) => command.name())).toContain('publish');
    for (const command of leaves) {
      const written: string[] = [];
      command.configureOutput({ writeOut: (text) => written.push(text) }).outputHelp();
      const help = written.join('');
      expect(help).toContain('Examples:\n');
      const group = command.parent?.name() === 'paddock' ? '' : `${command.parent?.name()} `;
      expect(help.slice(help.indexOf('Examples:\n'))).toContain(`paddock ${group}${command.name()}`);
    }
  });
});
