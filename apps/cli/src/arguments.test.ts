import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { capabilityList, parseGrants } from './capabilities.js';
import { parsePluginSpec } from './installs.js';
import { parseLimits } from './limits.js';
import { printable, printableJson, table } from './output.js';
import { readToolInput } from './toolInput.js';

describe('parseGrants', () => {
  it('gathers what is granted, each once', () => {
    const grants = parseGrants([
      'http=a.example.com,b.example.com',
      'http=a.example.com',
      'kv',
      'blobs',
      'secrets=TOKEN',
    ]);
    expect(grants).toEqual({ http: ['a.example.com', 'b.example.com'], kv: true, blobs: true, secrets: ['TOKEN'] });
    expect(parseGrants(capabilityList(grants))).toEqual(grants);
    expect(parseGrants([])).toEqual({});
  });
  it.each(['all', 'http', 'http=', 'kv=1', 'exec=ls'])('refuses %s', (text) => {
    expect(() => parseGrants([text])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
  it.each(['http=*', 'http=127.0.0.1', 'secrets=lower'])('refuses the name in %s', (text) => {
    expect(() => parseGrants([text])).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

describe('parseLimits', () => {
  it('takes known limits in their ranges', () =>
    expect(parseLimits(['memoryBytes=67108864', 'pids=32'])).toEqual({ memoryBytes: 67108864, pids: 32 }));
  it.each(['memoryBytes', 'memoryBytes=64MiB', 'memoryBytes=1', 'gpus=1'])('refuses %s', (text) => {
    expect(() => parseLimits([text])).toThrow(expect.objectContaining({ code: 'usage' }));
  });
});

describe('parsePluginSpec', () => {
  it('takes a name with and without a version', () => {
    expect(parsePluginSpec('acme/greeter')).toEqual({ plugin: 'acme/greeter', version: undefined });
    expect(parsePluginSpec('acme/greeter@1.0.0-beta.1')).toEqual({ plugin: 'acme/greeter', version: '1.0.0-beta.1' });
  });
  it.each(['greeter', 'acme/greeter@latest', 'acme/greeter@', 'Acme/greeter', 'a/b@1.0.0@2.0.0'])(
    'refuses %s',
    (spec) => {
      expect(() => parsePluginSpec(spec)).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );
});

describe('readToolInput', () => {
  it('puts files as text into fields of the input', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paddock-input-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'a=b.md'), '# Grüße\n');
    await writeFile(join(folder, 'input.json'), '{"top":3}');
    await writeFile(join(folder, 'latin1'), Buffer.from([0xe9]));
    const file = [`markdown=${join(folder, 'a=b.md')}`];
    expect(await readToolInput({ inputFile: join(folder, 'input.json'), file })).toEqual({
      top: 3,
      markdown: '# Grüße\n',
    });
    expect(await readToolInput({})).toEqual({});
    await expect(readToolInput({ file: [`text=${join(folder, 'latin1')}`] })).rejects.toMatchObject({
      code: 'file_unreadable',
    });
  });
  it.each([{ input: '[]' }, { input: 'x' }, { input: '{}', inputFile: 'x' }, { file: ['=x'] }, { file: ['x'] }])(
    'refuses %j',
    async (options) => {
      await expect(readToolInput(options)).rejects.toMatchObject({ code: 'usage' });
    },
  );
});

describe('what strangers wrote', () => {
  const hostile = '\u001b[2J\u009b31m\rsafe\u202Eevil\u2066\n';
  it('reaches the terminal without anything that it obeys', () => {
    expect(printable(hostile)).toBe('\\u001b[2J\\u009b31m\\u000dsafe\\u202eevil\\u2066\\u000a');
    expect(table(['a'], [[hostile]], '')).toContain(printable(hostile));
    expect(printable('\u{e0041}')).toBe('\\udb40\\udc41');
    expect(printable('Grüße, 你好')).toBe('Grüße, 你好');
  });
  it('stays the same document as JSON', () => {
    const text = printableJson({ [hostile]: hostile });
    expect(text).toContain(printable(hostile).slice(0, 6));
    for (const char of ['\u001b', '\u009b', '\u202e']) expect(text).not.toContain(char);
    expect(JSON.parse(text)).toEqual({ [hostile]: hostile });
  });
});
