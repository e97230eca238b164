import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '../support/http.js';
import { verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

let stack: TestStack;
let publisher: TestOrganization;

beforeAll(async () => {
  stack = await testStack();
  publisher = await stack.createOrganization('evidence');
});

const get = (path: string, key = publisher.apiKey) => send(stack, path, { key });

describe('what a verification leaves', () => {
  it('is the findings at least, downloadable by the digest that stands on the version', async () => {
    const version = await verifiedPlugin(stack, publisher, {
      name: 'evidence',
      files: { 'more.mjs': 'export default eval' + '(input);' },
    });
    expect(version.state).toBe('review');
    expect(version.scanners.map(({ name }) => name)).toContain('paddock-scanner');
    expect(version.evidence.map(({ name }) => name)).toContain('findings');
    for (const { name, sha256, size } of version.evidence) {
      const { status, text } = await get(`/v1/versions/${version.id}/evidence/${name}`);
      expect(status).toBe(200);
      expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
      expect(Buffer.byteLength(text)).toBe(size);
    }
    const { text } = await get(`/v1/versions/${version.id}/evidence/findings`);
    expect(JSON.parse(text)).toEqual(version.findings);
  });

  it('is an SBOM of the packages that its files name', async () => {
    const lock = { lockfileVersion: 3, packages: { 'node_modules/@s/left': { version: '1.2.3' } } };
    const files = { 'package-lock.json': JSON.stringify(lock) };
    const version = await verifiedPlugin(stack, publisher, { name: 'evidence-sbom', files });
    const { text } = await get(`/v1/versions/${version.id}/evidence/sbom`);
    expect(JSON.parse(text)).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      metadata: { component: { name: version.plugin, hashes: [{ alg: 'SHA-256', content: version.sha256 }] } },
      components: [{ name: '@s/left', version: '1.2.3', purl: 'pkg:npm/%40s/left@1.2.3' }],
    });
  });

  it('has no other documents', async () => {
    const version = await verifiedPlugin(stack, publisher, { name: 'evidence-none' });
    for (const name of ['nothing', 'Findings', '..%2ffindings', 'findings.json']) {
      const { status, code } = await get(`/v1/versions/${version.id}/evidence/${name}`);
      expect([status, code], name).toEqual([404, 'not_found']);
    }
  });
});
