/**
 * How soon a revocation has killed what there is of a version: from the admin's request until its last container is dead,
 * on two executors, with runs under way on both and sandboxes that wait. Beside it, as a yardstick, as many containers of
 * the same image that one `docker kill` each ends at once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { unwrap } from '@paddock/client';
import type { Benchmark, BenchReport } from '../../infra/local/bench.js';
import { containersOf, Docker } from '../support/docker.js';
import { callTool, type PluginSource, publishedPlugin } from '../support/plugins.js';
import { open, type TestStack } from '../support/stack.js';
import { quantile } from './measure.js';

const ROUNDS = 25;
/** Runs that each executor takes at once. */
const CONCURRENCY = 2;
const LOOK_EVERY_MS = 50;
const GIVE_UP_MS = 30_000;
/** The label of the yardstick's containers. */
const BY_HAND = 'paddock-bench';

export const stack = {
  replicas: { executor: 2 },
  environment: { PADDOCK_EXECUTOR_CONCURRENCY: String(CONCURRENCY) },
} as const;

const PLUGIN: PluginSource = {
  tools: {
    echo: { body: 'return input' },
    hang: { body: 'await new Promise((done) => setTimeout(done, 120_000))' },
  },
  manifest: { limits: { timeoutMs: 60_000 } },
};

interface Round {
  /** Containers of the version, and how many of them waited for a run. */
  containers: number;
  waiting: number;
  revokedMs: number;
  /** Until as many bare containers were dead. */
  killedMs: number;
}

const revoke: Benchmark = async (running, progress, signal) => {
  const organizations = [...running.organizations];
  const adminKey = organizations[0]?.apiKey ?? '';
  const world = await open({ ...running, ...running.settings, organizations, adminKey, logFiles: [] });
  const docker = new Docker(running.dockerHost);
  const rounds: Round[] = [];
  for (let n = 0; n <= ROUNDS; n += 1) {
    signal.throwIfAborted();
    await progress.run(
      n === 0 ? 'Warming up' : `Revocation ${n} of ${ROUNDS}`,
      async () => {
        const versionId = await busyVersion(world, docker, signal);
        const count = (await containersOf(docker, versionId)).length;
        const revokedMs = await untilNone(
          () => containersOf(docker, versionId),
          () =>
            unwrap(
              world.admin.client.POST('/v1/versions/{id}/revoke', {
                params: { path: { id: versionId } },
                body: { reason: 'a measurement' },
              }),
            ),
        );
        const killedMs = await killByHand(docker, running.images.node, count);
        const waiting = count - 2 * CONCURRENCY;
        if (n > 0) rounds.push({ containers: count, waiting, revokedMs, killedMs });
        return revokedMs;
      },
      (ms) => `${ms.toFixed(0)} ms`,
    );
  }
  return report(rounds);
};
export default revoke;

/** A version with runs under way on both executors, as many as they take, and sandboxes that wait. */
async function busyVersion(world: TestStack, docker: Docker, signal: AbortSignal) {
  const [publisher, tenant] = await Promise.all([world.createOrganization(), world.createOrganization()]);
  const version = await publishedPlugin(world, publisher, PLUGIN);
  const install = () => unwrap(tenant.client.POST('/v1/installs', { body: { plugin: version.plugin } }));
  const [one, two] = await Promise.all([install(), install()]);
  // Demand makes spares.
  await Promise.all([one, two, one, two].map(({ id }) => callTool(tenant, id, 'echo')));
  const count = 2 * CONCURRENCY;
  const runs = await Promise.all(
    Array.from({ length: count }, () => callTool(tenant, one.id, 'hang', {}, { wait: 0 })),
  );
  for (;;) {
    signal.throwIfAborted();
    const states = await Promise.all(
      runs.map(({ id }) => unwrap(tenant.client.GET('/v1/runs/{id}', { params: { path: { id } } }))),
    );
    const containers = await containersOf(docker, version.id);
    const executors = new Set(containers.map(({ executor }) => executor)).size;
    if (states.every(({ state }) => state === 'running') && containers.length > count && executors === 2)
      return version.id;
    await sleep(LOOK_EVERY_MS);
  }
}

async function killByHand(docker: Docker, image: string, count: number): Promise<number> {
  const made = await Promise.all(
    Array.from({ length: count }, () =>
      docker.createContainer({
        ...{ Image: image, Entrypoint: ['node'], Cmd: ['-e', 'setInterval(() => {}, 1000)'] },
        Labels: { [BY_HAND]: '' },
        HostConfig: { NetworkMode: 'none', LogConfig: { Type: 'none', Config: {} } },
      }),
    ),
  );
  try {
    await Promise.all(made.map((container) => container.start()));
    const left = () => docker.listContainers({ filters: { label: [BY_HAND] } });
    return await untilNone(left, () => Promise.all(made.map((container) => container.kill())));
  } finally {
    await Promise.all(made.map((container) => container.remove({ force: true })));
  }
}

/** Milliseconds from the beginning of `act` until the engine lists none any more: what is asked again and again, for both alike. */
async function untilNone(list: () => Promise<readonly unknown[]>, act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  const acting = act();
  for (;;) {
    const { length } = await list();
    const now = performance.now();
    if (length === 0) {
      await acting;
      return now - begun;
    }
    if (now - begun > GIVE_UP_MS) throw new Error(`${length} containers are left.`);
  }
}

function report(rounds: readonly Round[]): BenchReport {
  const sorted = (pick: (round: Round) => number) => rounds.map(pick).sort((a, b) => a - b);
  const revoked = sorted(({ revokedMs }) => revokedMs);
  const killed = sorted(({ killedMs }) => killedMs);
  const ratios = sorted(({ revokedMs, killedMs }) => revokedMs / killedMs);
  const figures = {
    revocations: rounds.length,
    containers: quantile(
      sorted(({ containers }) => containers),
      0.5,
    ),
    revokedMs: { p50: quantile(revoked, 0.5), p99: quantile(revoked, 0.99), max: revoked.at(-1) },
    killedMs: { p50: quantile(killed, 0.5), p99: quantile(killed, 0.99), max: killed.at(-1) },
    ratios: { revokedToKilled: quantile(ratios, 0.5) },
    rounds,
  };
  const row = (title: string, { p50, p99 }: { p50: number; p99: number }) => [
    title,
    ...[p50, p99].map((ms) => `${ms.toFixed(0)} ms`),
  ];
  return {
    tables: [
      {
        title: `${rounds.length} revocations, ${figures.containers} containers each, on two executors`,
        headings: ['until the last container is dead', '>p50', '>p99'],
        rows: [
          row('a revocation', figures.revokedMs),
          row('docker kill of as many', figures.killedMs),
          ['median of the rounds’ ratios', figures.ratios.revokedToKilled.toFixed(2), ''],
        ],
      },
    ],
    figures,
  };
}
