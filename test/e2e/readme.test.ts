import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const ROOT = new URL('../..', import.meta.url).pathname;
const run = promisify(execFile);

/** The README's examples, in their order, each with the heading that it stands under. */
async function examples(): Promise<{ heading: string; script: string }[]> {
  const text = await readFile(join(ROOT, 'README.md'), 'utf8');
  const found: { heading: string; script: string }[] = [];
  for (const match of text.matchAll(/<!-- runs in CI -->\n```sh\n(.*?)```/gs)) {
    const heading =
      text
        .slice(0, match.index)
        .match(/^#+ .*$/gm)
        ?.at(-1) ?? '';
    found.push({ heading, script: match[1] ?? '' });
  }
  return found;
}

describe('the README', async () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paddock-readme-'));
    await mkdir(join(folder, '.paddock'));
    const { apiUrl, organizations, dockerHost } = inject('stack');
    const stack = JSON.stringify({ apiUrl, organizations, dockerHost });
    await writeFile(join(folder, '.paddock/stack.json'), stack, { mode: 0o600 });
    for (const name of ['node_modules', 'test']) await symlink(join(ROOT, name), join(folder, name));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const all = await examples();
  it('has its examples', () =>
    expect(all.map((example) => example.heading)).toEqual([
      '### Publish',
      '### Install and run',
      '### Install and run',
      '### Grant it exactly what you choose',
      '### Prove it',
      '### Prove it',
      '### Take it back',
      '## Operate',
    ]));

  // In their order: what one example makes, the next one uses.
  it.each(all)('$heading: $script', { timeout: 180_000 }, async ({ script }) => {
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: folder,
      env: { ...process.env, HOME: folder },
    });
    if (script.includes('greet --input')) expect(stdout).toContain('Hello, Ada!');
    if (script.includes('Prefer: wait'))
      expect(JSON.parse(stdout)).toMatchObject({ state: 'succeeded', output: { greeting: 'Hello, Grace!' } });
    if (script.includes('stamp'))
      expect(stdout).toMatch(/\{"number":1,"bytes":33,"sha256":"[0-9a-f]{64}","hmac":"[0-9a-f]{64}"\}/);
    if (script.includes('doctor')) expect(stdout).toMatch(/This host has .*L[123]/);
    if (script.includes('paddock verify')) expect(stdout).toMatch(/acme\/hello@\S+ is proven/);
    if (script.includes('exposure')) expect(stdout).toContain('TOKEN (read 1×)');
    if (script.includes('audit verify')) expect(stdout).toContain('intact');
  });
});
