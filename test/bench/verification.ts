/**
 * What a verification costs, from upload to verdict, for bundles of 0.1 to 50 MB, beside two yardsticks over the same bytes in
 * the same run: gunzip and sha256 alone, and the strict reader alone. Then a hundred uploads at once.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { GeneratedKey } from '@paddock/bundle';
import { inspectBundle } from '@paddock/bundle/read';
import { followVersion, uploadVersion, type Version } from '@paddock/client';
import type { Stack } from '@paddock/infra';
import type { Benchmark, BenchReport } from '../../infra/local/bench.js';
import { packPlugin, registerKey, signPlugin } from '../support/plugins.js';
import { open, type TestOrganization, type TestStack } from '../support/stack.js';

const MB = 1_000_000;
const SIZES_MB = [0.1, 1, 10, 50];
/** Fewer of the large ones, as each takes seconds. */
const repetitionsOf = (sizeMb: number): number => (sizeMb < 10 ? 7 : 3);
const AT_ONCE = 100;
const FILE_BYTES = 1 * MB;
/** A hundred who ask often would be a load of their own. */
const SELDOM = { everyMs: 3000 };

interface Size {
  sizeMb: number;
  bytes: number;
  /** Medians, in milliseconds. */
  verificationMs: number;
  gunzipMs: number;
  readerMs: number;
  /** Of the verifier's own process since the size's first upload, in bytes. */
  verifierPeakBytes: number;
}

interface Crowd {
  uploads: number;
  verdicts: Record<string, number>;
  acceptedPerSecond: number;
  verifiedPerSecond: number;
  apiPeakBytes: number;
  verifierPeakBytes: number;
}

/** Somebody who uploads. */
interface Publisher {
  world: TestStack;
  organization: TestOrganization;
  key: GeneratedKey;
}

const verification: Benchmark = async (stack, progress, signal) => {
  const organizations = [...stack.organizations];
  const world = await open({
    ...stack,
    ...stack.settings,
    organizations,
    adminKey: organizations[0]?.apiKey ?? '',
    logFiles: [],
  });
  const organization = await world.createOrganization('bench');
  const publisher = { world, organization, key: await registerKey(organization) };
  await progress.run('Warming up', () => Promise.all([0.1, 1].map((sizeMb) => verified(publisher, sizeMb))));
  const sizes: Size[] = [];
  for (const sizeMb of SIZES_MB) {
    signal.throwIfAborted();
    const title = `${repetitionsOf(sizeMb)} bundles of ${sizeMb} MB`;
    sizes.push(
      await progress.run(
        title,
        () => measureSize(stack, publisher, sizeMb),
        ({ verificationMs }) => ms(verificationMs),
      ),
    );
  }
  const crowd = await progress.run(`${AT_ONCE} uploads at once`, () => measureCrowd(stack, publisher));
  return report(sizes, crowd);
};
export default verification;

/** A bundle of about this size that does not compress, made ready to be posted; no two are the same. */
async function prepared({ organization, key }: Publisher, sizeMb: number) {
  const count = Math.ceil((sizeMb * MB) / FILE_BYTES);
  const data = Array.from({ length: count }, (_, n) => [`data/${n}.bin`, randomBytes((sizeMb * MB) / count)] as const);
  const name = `bench-${randomBytes(6).toString('hex')}`;
  const plugin = await packPlugin(organization.slug, { name, files: Object.fromEntries(data) });
  return { plugin, signature: await signPlugin(plugin, { key }) };
}

async function posted({ world, organization }: Publisher, { plugin, signature }: Awaited<ReturnType<typeof prepared>>) {
  const bundle = new Blob([plugin.packed.bytes as Uint8Array<ArrayBuffer>]);
  return uploadVersion({ url: world.apiUrl, apiKey: organization.apiKey }, { signature, bundle });
}

async function verified(publisher: Publisher, sizeMb: number): Promise<Version> {
  const { id } = await posted(publisher, await prepared(publisher, sizeMb));
  return followVersion(publisher.organization.client, id);
}

async function measureSize(stack: Stack, publisher: Publisher, sizeMb: number): Promise<Size> {
  const { pid } = stack.process('verifier');
  forgetPeak(pid);
  const times: [verification: number, gunzip: number, reader: number][] = [];
  let bytes = 0;
  for (let n = 0; n < repetitionsOf(sizeMb); n += 1) {
    const version = await verified(publisher, sizeMb);
    if (version.verdict !== 'accepted') throw new Error(`A bundle came to ${version.verdict}.`);
    bytes = version.size;
    const file = path.join(
      stack.settings.artifactsFolder,
      'sha256',
      version.sha256.slice(0, 2),
      version.sha256.slice(2),
    );
    times.push([
      Date.parse(version.verifiedAt ?? '') - Date.parse(version.createdAt),
      await timed(() => gunzipAndHash(file)),
      await timed(() => inspectBundle(file)),
    ]);
  }
  const median = (column: 0 | 1 | 2) => times.map((row) => row[column]).sort((a, b) => a - b)[times.length >> 1] ?? 0;
  return {
    ...{ sizeMb, bytes },
    ...{ verificationMs: median(0), gunzipMs: median(1), readerMs: median(2) },
    verifierPeakBytes: peakBytes(pid),
  };
}

async function measureCrowd(stack: Stack, publisher: Publisher): Promise<Crowd> {
  const all = await Promise.all(Array.from({ length: AT_ONCE }, () => prepared(publisher, 0.1)));
  const [api, verifier] = [stack.process('api').pid, stack.process('verifier').pid];
  for (const pid of [api, verifier]) forgetPeak(pid);
  const startedAt = Date.now();
  const uploads = await Promise.all(all.map((one) => posted(publisher, one)));
  const postedAt = Date.now();
  const versions = await Promise.all(uploads.map(({ id }) => followVersion(publisher.organization.client, id, SELDOM)));
  const verdicts: Record<string, number> = {};
  for (const { verdict } of versions) verdicts[String(verdict)] = (verdicts[String(verdict)] ?? 0) + 1;
  const verifiedAt = Math.max(...versions.map((version) => Date.parse(version.verifiedAt ?? '')));
  return {
    ...{ uploads: versions.length, verdicts },
    acceptedPerSecond: (AT_ONCE / (postedAt - startedAt)) * 1000,
    verifiedPerSecond: (AT_ONCE / (verifiedAt - startedAt)) * 1000,
    ...{ apiPeakBytes: peakBytes(api), verifierPeakBytes: peakBytes(verifier) },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** What nobody can do without: the bytes unpacked, and hashed as they lie and as they are. */
async function gunzipAndHash(file: string): Promise<void> {
  const [packed, unpacked] = [createHash('sha256'), createHash('sha256')];
  const source = createReadStream(file).on('data', (chunk) => packed.update(chunk));
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      unpacked.update(chunk);
      done();
    },
  });
  await pipeline(source, createGunzip(), sink);
  packed.digest();
  unpacked.digest();
}

/** Begins a new peak of a process's resident memory (proc(5), clear_refs). */
const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');
const peakBytes = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
const rate = (bytes: number, time: number): string => `${(bytes / 1000 / time).toFixed(1)} MB/s`;
const times = (ratio: number): string => `${ratio.toFixed(1)}×`;

function report(sizes: readonly Size[], crowd: Crowd): BenchReport {
  return {
    tables: [
      {
        title: 'From upload to verdict, medians',
        headings: [
          '>bundle',
          '>time',
          '>rate',
          '>gunzip + sha256',
          '>ratio',
          '>reader alone',
          '>ratio',
          '>verifier’s peak',
        ],
        rows: sizes.map(({ sizeMb, bytes, verificationMs, gunzipMs, readerMs, verifierPeakBytes }) => [
          `${sizeMb} MB`,
          ...[ms(verificationMs), rate(bytes, verificationMs)],
          ...[ms(gunzipMs), times(verificationMs / gunzipMs)],
          ...[ms(readerMs), times(verificationMs / readerMs)],
          mib(verifierPeakBytes),
        ]),
      },
      {
        title: `${crowd.uploads} uploads of 0.1 MB at once`,
        headings: ['verdicts', '>taken', '>verified', '>API’s peak', '>verifier’s peak'],
        rows: [
          [
            Object.entries(crowd.verdicts)
              .map(([verdict, count]) => `${count} ${verdict}`)
              .join(', '),
            `${crowd.acceptedPerSecond.toFixed(1)}/s`,
            `${crowd.verifiedPerSecond.toFixed(2)}/s`,
            ...[mib(crowd.apiPeakBytes), mib(crowd.verifierPeakBytes)],
          ],
        ],
      },
    ],
    figures: {
      sizes: sizes.map((size) => ({
        ...size,
        ratios: {
          toGunzip: size.verificationMs / size.gunzipMs,
          toReader: size.verificationMs / size.readerMs,
          readerToGunzip: size.readerMs / size.gunzipMs,
        },
      })),
      crowd,
      ratios: {
        memoryOfLargestToSmallest: (sizes.at(-1)?.verifierPeakBytes ?? 0) / (sizes[0]?.verifierPeakBytes ?? 1),
      },
    },
  };
}
