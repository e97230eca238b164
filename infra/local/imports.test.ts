import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruiserArguments } from './checks.js';
import { output } from './processes.js';

/** A checkout in small: workspaces that import each other as ours do, by name and by path. */
const FILES: Record<string, string> = {
  'package.json': '{"name": "small", "type": "module", "workspaces": ["packages/*", "apps/*"]}',
  'packages/contracts/src/index.ts': 'export const word = 1;\nexport type Word = number;\n',
  'packages/contracts/dist/index.js': 'export const word = 1;\n',
  'packages/contracts/dist/index.d.ts': 'export declare const word = 1;\n',
  'packages/db/src/index.ts': "export { word } from '@paddock/contracts';\n",
  'packages/db/dist/index.js': "export { word } from '@paddock/contracts';\n",
  'packages/audit/src/byName.ts': "import { word } from '@paddock/db';\nexport const audit = word;\n",
  'packages/queue/src/typeOnly.ts': "import type { Word } from '@paddock/db';\nexport type Queue = Word;\n",
  'packages/sandbox/src/byPath.ts': "import { word } from '../../db/src/index.js';\nexport const sandbox = word;\n",
  'apps/api/src/otherApp.ts': "export * from '../../controller/src/index.js';\n",
  'apps/controller/src/index.ts': 'export const controller = 1;\n',
  'packages/service/src/nowhere.ts': "export * from '@paddock/nothing';\n",
  'packages/novel/src/index.ts': "export * from '@paddock/contracts';\n",
};

describe('.dependency-cruiser.cjs', () => {
  let folder: string;
  let report: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'paddock-imports-'));
    const names = new Set<string>();
    for (const [name, text] of Object.entries(FILES)) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      const workspace = /^(packages|apps)\/[^/]+/.exec(name)?.[0];
      if (workspace !== undefined) names.add(workspace);
    }
    await mkdir(path.join(folder, 'node_modules/@paddock'), { recursive: true });
    for (const workspace of names) {
      const name = `@paddock/${path.basename(workspace)}`;
      const manifest = {
        name,
        type: 'module',
        exports: { '.': './dist/index.js' },
        dependencies: { '@paddock/db': '*', '@paddock/contracts': '*' },
      };
      await writeFile(path.join(folder, workspace, 'package.json'), JSON.stringify(manifest));
      await symlink(path.join(folder, workspace), path.join(folder, 'node_modules', name));
    }
    report = (await output(process.execPath, await cruiserArguments(['packages', 'apps']), { cwd: folder })).text;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['a forbidden import by name', 'audit-imports: packages/audit/src/byName.ts'],
    ['a forbidden import of a type', 'queue-imports: packages/queue/src/typeOnly.ts'],
    ['a forbidden import by path', 'sandbox-imports: packages/sandbox/src/byPath.ts'],
    ['an app that imports an app', 'api-imports: apps/api/src/otherApp.ts'],
    ['an import that leads nowhere', 'resolves: packages/service/src/nowhere.ts'],
    ['a package that is not in the table', 'stands-in-the-table: packages/novel/src/index.ts'],
  ])('sees %s', (_name, line) => {
    expect(report).toContain(line);
  });

  it('lets db import contracts, as the table says', () => {
    expect(report).not.toContain('db-imports');
  });
});
