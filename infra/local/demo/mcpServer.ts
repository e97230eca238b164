/**
 * The chapter of a server that knows nothing of Paddock: an npm package that speaks the Model Context Protocol, packed as it
 * is by the command line's own code, reviewed by the admin, and called by a tenant.
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type PackInput, packBundle } from '@paddock/bundle';
import { readBundle } from '@paddock/bundle/read';
import { openLocalSandbox, packPackage } from '@paddock/cli';
import type { Run, Version } from '@paddock/client';
import { MANIFEST_PATH, type Manifest } from '@paddock/contracts';
import { stateFolder } from '../folders.js';
import { bytes } from '../table.js';
import type { Play } from './cast.js';
import { count, nextVersion, publish, registerKey, submit, uploadedVersions } from './publish.js';
import { must } from './steps.js';
import { call, install, outputOf, usageOf } from './tenants.js';

/** One version, so that what was packed once is good for the next demo too. */
const PACKAGE = '@modelcontextprotocol/server-everything@2026.8.31';
const PLUGIN = 'acme/server-everything';

/** Uploads it; what is answered waits for the verdict. */
export async function submitMcpServer(play: Play): Promise<() => Promise<Version>> {
  const { acme, steps } = play;
  const key = await registerKey(play, acme);
  const { files, manifest } = await steps.step(
    `acme packs ${PACKAGE} from npm`,
    async () => filesOf(await packedOnce(play)),
    (packed) =>
      `${count(packed.manifest.tools.length, 'tool')} that it lists in a sandbox; ${packed.files.length} files`,
  );
  return submit(play, acme, PLUGIN, key, async () => {
    const next = { ...manifest, version: nextVersion(manifest.version, await uploadedVersions(acme, PLUGIN)) };
    const data = Buffer.from(`${JSON.stringify(next, null, 2)}\n`);
    const changed = files.map((file) => (file.path === MANIFEST_PATH ? { ...file, data } : file));
    return { ...(await packBundle(changed)), manifest: next };
  });
}

export async function useMcpServer(play: Play, verdict: () => Promise<Version>): Promise<void> {
  const { globex, steps } = play;
  await publish(play, await verdict(), 'a known package, and what it does is contained');
  await install(play, globex, PLUGIN);
  const tools: readonly [string, Record<string, unknown>, string, (run: Run) => string][] = [
    ['echo', { message: 'Hello, MCP' }, 'has it echo a message', (run) => textOf(run)],
    [
      'get-structured-content',
      { location: 'Chicago' },
      'asks it for structured content',
      (run) => JSON.stringify(outputOf(run)),
    ],
    ['get-tiny-image', {}, 'asks it for an image', (run) => imageOf(run)],
  ];
  for (const [tool, input, does, look] of tools) {
    await steps.step(
      `globex ${does}`,
      async () => {
        const run = await call(play, globex, { plugin: PLUGIN, tool, input });
        const seen = look(run);
        must(tool !== 'echo' || seen.includes('Hello, MCP'), `it answered ${seen}`);
        return `${seen}; ${usageOf(run)}`;
      },
      (seen) => seen,
    );
  }
}

type Content = { type: string; text?: string; data?: string; mimeType?: string }[];
function contentOf(run: Run): Content {
  const output: unknown = outputOf(run);
  must(Array.isArray(output), 'its output is no list of contents');
  return output as Content;
}
const textOf = (run: Run): string =>
  contentOf(run)
    .map(({ text = '' }) => text)
    .join(' ');

function imageOf(run: Run): string {
  const image = contentOf(run).find(({ type }) => type === 'image');
  const data = Buffer.from(image?.data ?? '', 'base64');
  must(data.subarray(1, 4).toString() === 'PNG', 'it is no PNG');
  return `${image?.mimeType ?? ''} of ${bytes(data.length)}`;
}

/** The bundle’s file, in the state folder: what an earlier demo has packed need not be packed again. */
async function packedOnce({ stack }: Play): Promise<string> {
  const file = path.join(stateFolder(), 'packed', `${PACKAGE.replace(/[^a-z0-9.]+/g, '-')}.tgz`);
  if (existsSync(file)) return file;
  const sandbox = await openLocalSandbox({ dockerHost: stack.dockerHost }, 'node');
  try {
    const { bytes: packed } = await packPackage(PACKAGE, { name: PLUGIN }, sandbox);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(`${file}.part`, packed);
    await rename(`${file}.part`, file);
    return file;
  } finally {
    await sandbox.close();
  }
}

async function filesOf(bundle: string): Promise<{ files: PackInput[]; manifest: Manifest }> {
  const files: PackInput[] = [];
  for await (const { path: name, mode, content } of readBundle(bundle)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(Uint8Array.from(chunk));
    files.push({ path: name, mode, data: Buffer.concat(chunks) });
  }
  const manifest = files.find((file) => file.path === MANIFEST_PATH);
  must(manifest !== undefined, 'the bundle has no manifest');
  return { files, manifest: JSON.parse(Buffer.from(manifest.data).toString('utf8')) as Manifest };
}
