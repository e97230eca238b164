import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from 'vitest';
import { decide } from '../policy.js';
import { ComponentCollector } from './collect.js';
import { sbomDocument } from './document.js';
import { goProgram } from './go.js';
import { licenseFindings } from './licenses.js';

/** What a bundle of these files names, as `ecosystem name version`. */
function componentsOf(files: Record<string, string>): string[] {
  const collector = collect(files);
  return collector.components.map(({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`);
}

function collect(files: Record<string, string>): ComponentCollector {
  const collector = new ComponentCollector();
  for (const [path, text] of Object.entries(files)) {
    const bytes = new TextEncoder().encode(text);
    collector.add({ path, size: bytes.length }, bytes);
  }
  return collector;
}

test.each<[what: string, path: string, text: string, components: string[]]>([
  [
    'npm’s lock file of today',
    'package-lock.json',
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { name: 'own', version: '1.0.0' },
        'node_modules/a': { version: '1.0.0' },
        'node_modules/a/node_modules/@s/b': { version: '2.0.0-rc.1' },
        'node_modules/alias': { name: 'real', version: '3.0.0' },
        'node_modules/linked': { resolved: 'packages/linked', link: true },
        'packages/linked': { name: 'linked', version: '0.0.1' },
      },
    }),
    ['npm @s/b 2.0.0-rc.1', 'npm a 1.0.0', 'npm real 3.0.0'],
  ],
  [
    'npm’s lock file of old',
    'sub/npm-shrinkwrap.json',
    JSON.stringify({
      dependencies: {
        a: { version: '1.0.0', dependencies: { b: { version: '2.0.0' } } },
        c: { version: 'npm:d@4.0.0' },
      },
    }),
    ['npm a 1.0.0', 'npm b 2.0.0', 'npm d 4.0.0'],
  ],
  [
    'a bundle of paddock pack --npm',
    'paddock-source.json',
    '{"from":"npm","package":{"name":"s","version":"1.0.0"},"packages":[{"folder":"x","name":"z","version":"3.0.0"}]}',
    ['npm s 1.0.0', 'npm z 3.0.0'],
  ],
  ['an installed package', 'x/node_modules/@s/a/package.json', '{"name":"@s/a","version":"1.2.3"}', ['npm @s/a 1.2.3']],
  ['a package.json that is no package’s', 'node_modules/a/cjs/package.json', '{"name":"a","version":"1.2.3"}', []],
  [
    'Yarn 1',
    'yarn.lock',
    '# yarn lockfile v1\n\n"@s/a@^1.0.0", "@s/a@^1.1.0":\n  version "1.1.2"\n  resolved "x"\n\nb@~2.0.0:\n  version "2.0.1"\n',
    ['npm @s/a 1.1.2', 'npm b 2.0.1'],
  ],
  [
    'Yarn 4',
    'yarn.lock',
    '__metadata:\n  version: 8\n\n"a@npm:^1.0.0":\n  version: 1.1.2\n  resolution: "a@npm:1.1.2"\n\n"own@workspace:.":\n  version: 0.0.0-use.local\n',
    ['npm a 1.1.2'],
  ],
  [
    'pnpm',
    'pnpm-lock.yaml',
    "packages:\n\n  '@s/a@1.0.0':\n    resolution: {}\n\n  b@2.0.0(c@1.0.0):\n    dev: true\n\n  /d@3.0.0:\n    dev: false\n\n  /@s/e/4.0.0:\n    dev: false\n",
    ['npm @s/a 1.0.0', 'npm @s/e 4.0.0', 'npm b 2.0.0', 'npm d 3.0.0'],
  ],
  [
    'requirements',
    'requirements-dev.txt',
    '# comment\nFlask==2.0.1 \\\n    --hash=sha256:aa\nzope.interface[test] == 5.0 ; python_version > "3"\nrequests>=2\nranged==1.*\n-r other.txt\n',
    ['PyPI flask 2.0.1', 'PyPI zope-interface 5.0'],
  ],
  [
    'Poetry',
    'poetry.lock',
    '[[package]]\nname = "Jinja2"\nversion = "3.0.0"\n\n[package.dependencies]\nversion = "9"\n\n[[package]]\nname = "six"\nversion = "1.16.0"\n\n[metadata]\n',
    ['PyPI jinja2 3.0.0', 'PyPI six 1.16.0'],
  ],
  [
    'Pipenv',
    'Pipfile.lock',
    JSON.stringify({ default: { a: { version: '==1.0' }, git: {} }, develop: { b: { version: '==2.0' } } }),
    ['PyPI a 1.0', 'PyPI b 2.0'],
  ],
  [
    'an installed distribution',
    'lib/PyYAML-6.0.dist-info/METADATA',
    'Metadata-Version: 2.1\nName: PyYAML\nVersion: 6.0\n\nName: other\nVersion: 1\n',
    ['PyPI pyyaml 6.0'],
  ],
  [
    'go.mod',
    'go.mod',
    'module example.com/own\n\ngo 1.19\n\nrequire example.com/a v1.2.3 // indirect\nrequire (\n\texample.com/b/v2 v2.0.0\n\texample.com/c v0.0.0-20200101000000-abcdefabcdef\n\texample.com/d v1.0.0\n)\nreplace example.com/b/v2 => example.com/fork v2.0.1\nreplace example.com/d => ../d\n',
    ['Go example.com/a v1.2.3', 'Go example.com/c v0.0.0-20200101000000-abcdefabcdef', 'Go example.com/fork v2.0.1'],
  ],
  [
    'vendored modules',
    'vendor/modules.txt',
    '# example.com/a v1.2.3\n## explicit\nexample.com/a/pkg\n# example.com/b v1.0.0 => example.com/c v1.1.0\n',
    ['Go example.com/a v1.2.3', 'Go example.com/c v1.1.0'],
  ],
])('components are read of %s', (_what, path, text, components) => {
  expect(componentsOf({ [path]: text })).toEqual(components);
});

test('a component that two files name stands once, and counts as needed if one of them says so', () => {
  const lock = { packages: { 'node_modules/a': { version: '1.0.0', dev: true } } };
  const [component, ...others] = collect({
    'package-lock.json': JSON.stringify(lock),
    'node_modules/a/package.json': '{"name":"a","version":"1.0.0"}',
  }).components;
  expect(others).toEqual([]);
  expect(component).toMatchObject({ name: 'a', development: false, file: 'node_modules/a/package.json' });
});

test('names that are none, lock files that are none and lists without end do not get through', () => {
  const names = ['a b', '../x"', '<script>', 'x'.repeat(300)];
  const packages = Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]));
  expect(componentsOf({ 'package-lock.json': JSON.stringify({ packages }) })).toEqual([]);
  expect(collect({ 'package-lock.json': '{' }).findings).toMatchObject([
    { rule: 'dependencies-unreadable', file: 'package-lock.json' },
  ]);
  expect(
    collect({ 'package-lock.json': `{"dependencies":${'{"a":{"dependencies":'.repeat(20_000)}` }).findings,
  ).toHaveLength(1);
  const many = Array.from({ length: 5001 }, (_, index) => `a${index}==1`).join('\n');
  expect(collect({ 'requirements.txt': many }).findings).toMatchObject([
    { rule: 'dependencies-too-many', severity: 'high' },
  ]);
});

test('a Go program names its standard library and its modules', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paddock-go-'));
  try {
    await writeFile(join(folder, 'main.go'), 'package main\n\nfunc main() {}\n');
    const env = {
      ...process.env,
      CGO_ENABLED: '0',
      GOFLAGS: '-mod=mod',
      GOCACHE: join(folder, 'cache'),
      GO111MODULE: 'off',
    };
    execFileSync('go', ['build', '-ldflags', '-s -w', '-o', 'program', 'main.go'], { cwd: folder, env });
    const version = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).trim().slice(2);
    expect(goProgram(await readFile(join(folder, 'program')))).toEqual([{ name: 'stdlib', version }]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

const MODULES = `${'<'.repeat(16)}path\tx\nmod\tx\t(devel)\t\ndep\texample.com/a\tv1.2.3\th1:x\ndep\texample.com/b\tv1.0.0\n=>\texample.com/c\tv1.1.0\th1:y\n${'>'.repeat(16)}`;
const EXPECTED = [
  { name: 'stdlib', version: '1.17.3' },
  { name: 'example.com/a', version: 'v1.2.3' },
  { name: 'example.com/c', version: 'v1.1.0' },
];

test('the build information of Go 1.18 and later is read', () => {
  const text = (value: string) =>
    Buffer.concat([Buffer.from([(value.length & 0x7f) | 0x80, value.length >> 7]), Buffer.from(value)]);
  const header = Buffer.alloc(32);
  header.write('\xff Go buildinf:', 'latin1');
  header[15] = 2;
  expect(goProgram(Buffer.concat([Buffer.alloc(64), header, text('go1.17.3'), text(MODULES)]))).toEqual(EXPECTED);
});

test('the build information before Go 1.18 is read, by addresses', () => {
  const base = 0x400000n;
  const file = Buffer.alloc(1024);
  file.write('\x7fELF\x02\x01', 'latin1');
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64);
  file.writeBigUInt64LE(0n, 72);
  file.writeBigUInt64LE(base, 80);
  file.writeBigUInt64LE(1024n, 96);
  file.write('\xff Go buildinf:', 128, 'latin1');
  file[128 + 14] = 8;
  const put = (pointer: number, header: number, at: number, value: string) => {
    file.writeBigUInt64LE(base + BigInt(header), pointer);
    file.writeBigUInt64LE(base + BigInt(at), header);
    file.writeBigUInt64LE(BigInt(value.length), header + 8);
    file.write(value, at);
  };
  put(144, 160, 256, 'go1.17.3');
  put(152, 176, 300, MODULES);
  expect(goProgram(file)).toEqual(EXPECTED);
  for (let end = 0; end < file.length; end += 7) expect(() => goProgram(file.subarray(0, end))).not.toThrow();
});

test('the SBOM keeps to the schema of CycloneDX 1.6', async () => {
  const { components } = collect({
    'package-lock.json': JSON.stringify({
      packages: { 'node_modules/@s/a': { version: '1.0.0', license: '(MIT OR Apache-2.0)' } },
    }),
    'node_modules/b/package.json': '{"name":"b","version":"2.0.0","licenses":[{"type":"MIT"}]}',
    'c.dist-info/METADATA': 'Name: c\nVersion: 3.0\nLicense: Like no other\n\nText',
    'requirements.txt': 'flask==2.0.1+local',
    'go.mod': 'require example.com/a v1.2.3',
  });
  const document = sbomDocument({ plugin: 'acme/x', version: '1.0.0', license: 'MIT' }, 'a'.repeat(64), components);
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(JSON.stringify(document))).toBeNull();
  expect(await validator.validate(JSON.stringify({ ...document, serialNumber: 'none' }))).not.toBeNull();
  expect(document).toMatchObject({ metadata: { component: { licenses: [{ license: { id: 'MIT' } }] } } });
  const all = document['components'] as { purl: string; licenses?: unknown[] }[];
  expect(all.map(({ purl, licenses }) => [purl, licenses])).toEqual([
    ['pkg:golang/example.com/a@v1.2.3', undefined],
    ['pkg:pypi/c@3.0', [{ license: { name: 'Like no other' } }]],
    ['pkg:pypi/flask@2.0.1%2Blocal', undefined],
    ['pkg:npm/%40s/a@1.0.0', [{ expression: '(MIT OR Apache-2.0)' }]],
    ['pkg:npm/b@2.0.0', [{ license: { id: 'MIT' } }]],
  ]);
});

test.each<[what: string, license: string | undefined, packages: Record<string, string>, rules: string[]]>([
  ['an identifier', 'MIT', {}, []],
  ['an expression', 'Apache-2.0 WITH LLVM-exception OR MIT', {}, []],
  ['none', undefined, { a: 'MIT' }, []],
  ['words', 'do as you like', {}, ['license-unclear']],
  ['a file', 'SEE LICENSE IN terms.txt', {}, ['license-unclear']],
  ['no licence for anybody', 'UNLICENSED', {}, ['license-forbids']],
  ['a package that gives none', 'MIT', { a: 'MIT', b: 'UNLICENSED' }, ['license-forbids']],
])('of licences, %s', (_what, license, packages, rules) => {
  const { components } = collect({
    'package-lock.json': JSON.stringify({
      packages: Object.fromEntries(
        Object.entries(packages).map(([name, stated]) => [
          `node_modules/${name}`,
          { version: '1.0.0', license: stated },
        ]),
      ),
    }),
  });
  const findings = licenseFindings(license, components);
  expect(findings.map(({ rule }) => rule)).toEqual(rules);
  expect(decide(findings)).toBe('accepted');
});
