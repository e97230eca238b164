import type { Advisory, BundledPackage, Ecosystem } from '@paddock/contracts';
import { describe, expect, test } from 'vitest';
import { affects } from './affects.js';
import { advisoryFindings, matchAdvisories } from './matchAdvisories.js';
import { scoreOf, severityOf } from './severity.js';

type Events = Advisory['affected'][number]['ranges'][number]['events'];
const pack = (ecosystem: Ecosystem, version: string, name = 'a'): BundledPackage => ({
  ecosystem,
  name,
  version,
  file: 'package-lock.json',
});
const advisory = (id: string, more: Partial<Advisory> = {}): Advisory => ({
  id,
  summary: `About ${id}`,
  vectors: [],
  rating: null,
  withdrawn: false,
  affected: [{ ecosystem: 'npm', name: 'a', ranges: [{ events: [{ introduced: '0' }] }], versions: [] }],
  ...more,
});

describe('a version is affected, by its ecosystem’s order:', () => {
  test.each<[Ecosystem, Events, string[], string[]]>([
    ['npm', [{ introduced: '0' }], ['0.0.1', '99.0.0', 'workspace'], []],
    [
      'npm',
      [{ introduced: '1.0.0' }, { fixed: '1.10.0' }],
      ['1.0.0', '1.9.0', '1.10.0-rc.1'],
      ['0.9.9', '1.10.0', 'x'],
    ],
    ['npm', [{ introduced: '1.2.0' }, { last_affected: '1.3.0' }], ['1.2.0', '1.3.0'], ['1.3.1', '1.2.0-a']],
    [
      'npm',
      [{ fixed: '2.1.0' }, { introduced: '2.0.0' }, { fixed: '1.1.0' }, { introduced: '0' }],
      ['1.0.0', '2.0.5'],
      ['1.1.0', '1.9.0', '2.1.0'],
    ],
    ['npm', [{ introduced: '0' }, { limit: '1.5.0' }], ['1.4.9'], ['1.5.0', '2.0.0']],
    ['npm', [{ fixed: '1.0.0' }], [], ['0.1.0', '1.0.0']],
    [
      'PyPI',
      [{ introduced: '0' }, { fixed: '1.0' }],
      ['0.9', '1.0rc1', '1.0.dev3', '1.0a1'],
      ['1.0', '1.0.post1', '1!0.1', '1.0+local'],
    ],
    ['PyPI', [{ introduced: '1.0' }, { last_affected: '1.10' }], ['1.0.0', '1.9', '1.10.0'], ['1.11', '1.10.post1']],
    [
      'Go',
      [{ introduced: '0' }, { fixed: '0.3.8' }],
      ['v0.3.7', 'v0.0.0-20190308221718-c2843e01d9a2'],
      ['v0.3.8', 'v1.0.0+incompatible'],
    ],
  ])('%s %j', (ecosystem, events, inside, outside) => {
    const affected = [{ ecosystem, name: 'a', ranges: [{ events }], versions: [] }];
    const within = (version: string) => affects(affected, pack(ecosystem, version));
    expect(inside.filter((version) => !within(version))).toEqual([]);
    expect(outside.filter(within)).toEqual([]);
  });

  test('and by the list of versions', () => {
    const listed = (ecosystem: Ecosystem, version: string) => [
      { ecosystem, name: 'a', ranges: [], versions: [version] },
    ];
    expect(affects(listed('npm', '1.0.1'), pack('npm', '1.0.1'))).toBe(true);
    expect(affects(listed('PyPI', '1.0'), pack('PyPI', '1.0.0'))).toBe(true);
    expect(affects(listed('Go', '1.2.0'), pack('Go', 'v1.2.0'))).toBe(true);
    expect(affects(listed('npm', '1.0.1'), pack('npm', '1.0.10'))).toBe(false);
    expect(affects(listed('npm', '1.0.1'), pack('PyPI', '1.0.1'))).toBe(false);
    expect(affects(listed('npm', '1.0.1'), pack('npm', '1.0.1', 'b'))).toBe(false);
  });
});

const CRITICAL = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
test('malware rejects; the gravest vulnerabilities ask for a person, and the rest is shown', () => {
  expect(severityOf(advisory('MAL-2026-1'))).toBe('critical');
  expect(severityOf(advisory('GHSA-a', { vectors: [CRITICAL] }))).toBe('high');
  expect(severityOf(advisory('GHSA-a', { rating: 'CRITICAL' }))).toBe('high');
  expect(
    severityOf(advisory('GHSA-a', { rating: 'HIGH', vectors: ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H'] })),
  ).toBe('medium');
  expect(severityOf(advisory('CVE-2026-1', { vectors: ['CVSS:3.1/nonsense', 'hello'] }))).toBe('medium');
  expect(scoreOf(CRITICAL)).toBe(9.8);
  expect(scoreOf('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N')).toBe(9.3);
});

test('matches name packages and advisory, the gravest first, and end somewhere', () => {
  const found = matchAdvisories(
    [pack('npm', '1.0.0'), pack('npm', '2.0.0'), pack('npm', '1.0.0', 'b')],
    [
      advisory('CVE-2026-1'),
      advisory('MAL-2026-1'),
      advisory('CVE-2026-2', { withdrawn: true }),
      advisory('CVE-2026-3', { affected: [] }),
    ],
  );
  expect(found.map(({ advisory: id, packages }) => [id, packages.length])).toEqual([
    ['MAL-2026-1', 2],
    ['CVE-2026-1', 2],
  ]);
  expect(advisoryFindings(found)).toMatchObject([
    {
      rule: 'malicious-package',
      severity: 'critical',
      file: 'package-lock.json',
      message: 'MAL-2026-1 is about a@1.0.0, a@2.0.0: About MAL-2026-1',
    },
    { rule: 'vulnerable-package', severity: 'medium' },
  ]);
  const many = matchAdvisories(
    [pack('npm', '1.0.0')],
    Array.from({ length: 300 }, (_, index) => advisory(`CVE-2026-${index}`)),
  );
  expect(advisoryFindings(many)).toHaveLength(201);
});
