/**
 * A runtime's image: FROM SCRATCH, the files that it is given and a user to run as. It is put together here and loaded into
 * the engine, so it needs no registry, no Dockerfile and no docker command.
 * It never runs a container, and never takes anything from a bundle.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Runtime } from '@paddock/contracts';
import type Docker from 'dockerode';
import tar from 'tar-stream';

const EPOCH = new Date(0);
/** At once, of a file: the largest have a hundred megabytes. */
const READ_BYTES = 1 << 20;
/** In every image: the user that sandboxes run as, and the folders that they mount over. Nothing in it is writable. */
const COMMON: readonly ImageFile[] = [
  { path: 'etc/passwd', mode: 0o644, content: 'plugin:x:65532:65532::/tmp:/sbin/nologin\n' },
  { path: 'etc/group', mode: 0o644, content: 'plugin:x:65532:\n' },
];
const FOLDERS = ['plugin', 'input', 'tmp', 'proc', 'sys', 'dev'];

/** A file of an image: a copy of one of this host's, or what stands here. Its path has no leading slash. */
export type ImageFile =
  | { readonly path: string; readonly mode: 0o644 | 0o755; readonly from: string }
  | { readonly path: string; readonly mode: 0o644 | 0o755; readonly content: string | Buffer };

/** What one runtime's image holds beside what all have. */
export interface ImageContents {
  readonly runtime: Runtime;
  /** The version of what runs plugins, for a label. */
  readonly version: string;
  readonly files: readonly ImageFile[];
}

type Entry = { path: string; type: 'directory' } | (ImageFile & { type: 'file'; size: number });

/**
 * Makes sure that the engine has the image with these contents, and answers its id.
 *
 * The id is the sha256 of the image's configuration, which holds the layer's sha256: the same contents always have the
 * same, and then nothing is loaded. The image is tagged `paddock/runtime-<runtime>:<first 12 digits>` and labelled
 * `paddock=runtime`.
 *
 * @throws Error when the engine can't be reached or refuses the image, or a file can't be read.
 */
export async function ensureImage(
  docker: Docker,
  contents: ImageContents,
  log: (line: string) => void = () => {},
): Promise<string> {
  const entries = await imageEntries(contents);
  const layer = await measure(entries);
  const config = imageConfig(contents, layer.sha256);
  const digest = createHash('sha256').update(config).digest('hex');
  const tag = `paddock/runtime-${contents.runtime}:${digest.slice(0, 12)}`;

  const present = await imageWithLayer(docker, [`sha256:${digest}`, tag], layer.sha256);
  if (present !== undefined) return present;

  log(`loading ${tag} (${Math.ceil(layer.size / 1e6)} MB)`);
  const answer = await docker.loadImage(archive(entries, layer.size, config, digest, tag));
  await readLoadAnswer(answer);
  const loaded = await imageWithLayer(docker, [`sha256:${digest}`, tag], layer.sha256);
  if (loaded === undefined) throw new Error(`the engine loaded ${tag}, but has no such image now`);
  log(`loaded ${tag}`);
  return loaded;
}

/** Everything in the image, parents first, in the order of the tar. */
async function imageEntries({ files }: ImageContents): Promise<Entry[]> {
  const entries: Entry[] = FOLDERS.map((path) => ({ path, type: 'directory' }));
  for (const file of [...COMMON, ...files]) {
    const size = 'from' in file ? (await stat(file.from)).size : Buffer.byteLength(file.content);
    entries.push({ ...file, type: 'file', size });
  }
  const folders = new Set(entries.flatMap((entry) => parents(entry.path)));
  for (const path of folders) entries.push({ path, type: 'directory' });
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const parents = (path: string): string[] => {
  const parent = dirname(path);
  return parent === '.' ? [] : [...parents(parent), parent];
};

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
          createReadStream(entry.from, { highWaterMark: READ_BYTES }),
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
function imageConfig({ runtime, version }: ImageContents, layerSha256: string): string {
  return JSON.stringify({
    created: EPOCH.toISOString(),
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: {
      User: '65532:65532',
      WorkingDir: '/plugin',
      Env: ['PATH=/usr/bin'],
      Labels: { paddock: 'runtime', 'paddock.runtime': runtime, 'paddock.runtime.version': version },
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${layerSha256}`] },
    history: [{ created: EPOCH.toISOString(), created_by: `paddock ${runtime} runtime` }],
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
