import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packBundle } from '@paddock/bundle';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decide } from '../policy.js';
import { ScanSuccess } from '../report.js';
import { inspect } from '../scanner/inspect.js';
import { goProgramOf, importing } from './examples.js';
import { nativeFacts, UnnamedFunctions } from './nativeFacts.js';

const HONEST = fileURLToPath(new URL('../../../../test/fixtures/plugins/honest/patterns', import.meta.url));

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'paddock-native-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

let count = 0;
/** Builds a Go program as a plugin is built, without what a debugger would need. */
async function build(source: string, { folder = '', env = {} }: { folder?: string; env?: NodeJS.ProcessEnv } = {}) {
  const made = join(scratch, `${count++}`);
  await mkdir(made);
  await writeFile(join(made, 'main.go'), source);
  const out = join(made, 'plugin');
  await promisify(execFile)(
    'go',
    ['build', '-trimpath', '-ldflags=-s -w', '-o', out, folder === '' ? 'main.go' : '.'],
    {
      cwd: folder === '' ? made : folder,
      env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', ...env },
    },
  );
  return readFile(out);
}

async function scanned(program: Uint8Array, capabilities = {}): Promise<ScanSuccess> {
  const manifest = {
    ...{ name: 'acme/native', version: '1.0.0', description: 'A program.', runtime: 'native', entry: 'plugin' },
    capabilities,
    tools: [{ name: 'work', description: 'Works.', inputSchema: { type: 'object' } }],
  };
  const { bytes } = await packBundle([
    { path: 'plugin.json', data: new TextEncoder().encode(JSON.stringify(manifest)) },
    { path: 'plugin', data: program, mode: 0o755 },
  ]);
  const path = join(scratch, `${count++}.tgz`);
  await writeFile(path, bytes);
  return ScanSuccess.parse(await inspect(path, { plugin: 'acme/native', version: '1.0.0' }));
}

const abilitiesOf = ({ detected }: ScanSuccess) => detected.map(({ ability }) => ability);

describe('a Go program', { timeout: 600_000 }, () => {
  test('that only asks the host is accepted, and shows no connections and no programs', async () => {
    const report = await scanned(await build('', { folder: HONEST }));
    expect(abilitiesOf(report)).toEqual(['native']);
    expect(decide(report.findings)).toBe('accepted');
  });

  test('that reads addresses without opening connections is accepted', async () => {
    const source = `package main
import ("fmt"; "net"; "net/url"; "os")
func main() { u, err := url.Parse(os.Args[0]); fmt.Println(u, err, net.ParseIP(os.Args[0])) }`;
    const report = await scanned(await build(source));
    expect(abilitiesOf(report)).not.toContain('network');
    expect(abilitiesOf(report)).not.toContain('process');
    expect(decide(report.findings)).toBe('accepted');
  });

  test('that opens connections waits for a person, unless it declares that it does', async () => {
    const program = await build(`package main
import "net"
func main() { net.Dial("tcp", "127.0.0.1:1") }`);
    const report = await scanned(program);
    expect(abilitiesOf(report)).toContain('network');
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        rule: 'undeclared-network',
        file: 'plugin',
        excerpt: expect.stringContaining('syscall.Connect'),
      }),
    );
    expect(decide(report.findings)).toBe('review');
    const declared = await scanned(program, { http: ['api.example.com'] });
    expect(abilitiesOf(declared)).toContain('network');
    expect(decide(declared.findings)).toBe('accepted');
  });

  test('that starts programs waits for a person', async () => {
    const report = await scanned(
      await build(`package main
import "os/exec"
func main() { exec.Command("id").Run() }`),
    );
    expect(abilitiesOf(report)).toContain('process');
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: 'undeclared-process', severity: 'high' }));
    expect(decide(report.findings)).toBe('review');
  });

  test('for a machine of 32 bits and the other order of bytes is read too', async () => {
    const source = 'package main\nimport "syscall"\nfunc main() { syscall.Exec("/bin/id", nil, nil) }';
    const facts = nativeFacts(await build(source, { env: { GOARCH: 'mips' } }));
    expect(facts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['main.main', 'runtime.main', 'syscall.Exec']),
    );
  });

  test('whose functions were made unreadable waits for a person', async () => {
    const program = await build('package main\nfunc main() {}');
    expect(nativeFacts(program).length).toBeGreaterThan(500);
    const mark = Buffer.from([0xff, 0xff, 0xff, 0, 0, 1, 8]);
    for (let at = program.indexOf(mark); at !== -1; at = program.indexOf(mark)) program[at] = 0;
    const report = await scanned(program);
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: 'code-not-scanned', file: 'plugin' }));
    expect(decide(report.findings)).toBe('review');
  });
});

test('another program shows what it imports', async () => {
  const names = nativeFacts(await readFile('/bin/sh')).map(({ kind, name }) => `${kind} ${name}`);
  expect(names).toEqual(expect.arrayContaining(['imported execve', 'imported fork']));
});

/** `importing`, for a machine of 32 bits and the other order of bytes. */
function importing32(name: string): Buffer {
  const data = Buffer.alloc(256);
  data.set([0x7f, 0x45, 0x4c, 0x46, 1, 2, 1]);
  data.writeUInt32BE(52, 32);
  data.writeUInt16BE(2, 48);
  const section = (at: number, type: number, offset: number, size: number, link: number) => {
    data.writeUInt32BE(type, at + 4);
    data.writeUInt32BE(offset, at + 16);
    data.writeUInt32BE(size, at + 20);
    data.writeUInt32BE(link, at + 24);
  };
  section(52, 11, 140, 32, 1);
  section(92, 3, 180, 64, 0);
  data.writeUInt32BE(1, 140 + 16);
  data.write(name, 181);
  return data;
}

test('a file of 32 bits shows what it imports', () => {
  expect(nativeFacts(importing32('socket'))).toMatchObject([{ kind: 'imported', name: 'socket' }]);
});

test('whatever the bytes are, they are read or left, within the file and in bounded time', () => {
  const bases = [goProgramOf('main.main', 'net.Dial'), importing('socket', 'execve'), importing32('connect')];
  const patch = fc.record({
    at: fc.nat(300),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom([0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0x80], [0, 0, 0, 0, 0, 0, 0, 0x7f]),
    ),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...bases),
      fc.array(patch, { maxLength: 6 }),
      fc.nat(400),
      fc.uint8Array({ maxLength: 100 }),
      (base, patches, length, tail) => {
        const bytes = new Uint8Array([...base.slice(0, length), ...tail]);
        for (const { at, bytes: put } of patches) if (at + put.length <= bytes.length) bytes.set(put, at);
        try {
          for (const { name } of nativeFacts(bytes)) expect(name.length).toBeLessThanOrEqual(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(UnnamedFunctions);
        }
      },
    ),
    { numRuns: 5000 },
  );
});

test.each([
  [
    'tables of functions that each name the whole file',
    () => Buffer.concat([goProgramOf('a'), ...Array<Uint8Array>(20_000).fill(table(1_200_000))]),
  ],
  [
    'tables of functions without end',
    () => Buffer.concat([importing('a'), ...Array<Uint8Array>(100_000).fill(table(0))]),
  ],
  ['a count of sections that no file has', () => patched(importing('a'), 60, [0xff, 0xff])],
  [
    'names that end nowhere',
    () => Buffer.concat([importing(...Array<string>(50_000).fill('x')), Buffer.alloc(4_000_000, 0x78)]),
  ],
])(
  '%s are no trap',
  (_what, make) => {
    try {
      nativeFacts(make());
    } catch (error) {
      expect(error).toBeInstanceOf(UnnamedFunctions);
    }
  },
  30_000,
);

/** The header of a table whose names are as many bytes as are asked for. */
function table(bytes: number): Uint8Array {
  const header = Buffer.alloc(80);
  header.set([0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8, 1]);
  header.writeBigUInt64LE(64n, 32);
  header.writeBigUInt64LE(64n + BigInt(bytes), 40);
  return header;
}

function patched(bytes: Uint8Array, at: number, put: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(put, at);
  return copy;
}
