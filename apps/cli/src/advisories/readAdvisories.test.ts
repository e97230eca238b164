import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download } from './download.js';
import { readAdvisories } from './readAdvisories.js';

const ZIP = zipOf({ 'A-1.json': '{"id":"A-1"}', 'notes.txt': 'none', 'sub/A-2.json': '{"id":"A-2"}' });
const FILES: Record<string, Buffer> = {
  '/npm/all.zip': ZIP,
  '/one.json': Buffer.from('{"id":"A-3"}'),
  '/cut.zip': ZIP.subarray(0, 60),
};

let server: Server;
let url: string;
let folder: string;
beforeAll(async () => {
  server = createServer(({ url: path = '' }, response) => {
    const file = FILES[path];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'paddock-osv-'));
  await writeFile(join(folder, 'all.zip'), ZIP);
  await writeFile(join(folder, 'A-4.json'), '{"id":"A-4"}');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function textsOf(from: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of readAdvisories(from)) texts.push(text);
  return texts;
}
const downloads = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('paddock-download-'));

describe('OSV records', () => {
  it.each([
    ['a file', () => join(folder, 'A-4.json'), ['{"id":"A-4"}']],
    ['a zip', () => join(folder, 'all.zip'), ['{"id":"A-1"}', '{"id":"A-2"}']],
    ['a folder', () => folder, ['{"id":"A-4"}']],
    ['a file on the web', () => `${url}/one.json`, ['{"id":"A-3"}']],
    ['a zip on the web', () => `${url}/npm/all.zip`, ['{"id":"A-1"}', '{"id":"A-2"}']],
  ])('are read from %s', async (_what, from, texts) => {
    const before = await downloads();
    expect(await textsOf(from())).toEqual(texts);
    expect(await downloads()).toEqual(before);
  });

  it.each([
    ['is not there', () => `${url}/none.zip`],
    ['is broken', () => `${url}/cut.zip`],
    ['nobody serves', () => 'http://127.0.0.1:9/all.zip'],
  ])('from what %s are an error, and nothing is left', async (_what, from) => {
    const before = await downloads();
    await expect(textsOf(from())).rejects.toMatchObject({ code: 'file_unreadable' });
    expect(await downloads()).toEqual(before);
  });

  it('that are too many bytes are not kept', async () => {
    await expect(download(`${url}/npm/all.zip`, 50)).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});

/** A zip of stored files (APPNOTE 4.3.6). */
function zipOf(files: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(text), 10);
    common.writeUInt32LE(text.length, 14);
    common.writeUInt32LE(text.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name + text)]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, rest, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, central, end]);
}
