/**
 * What a run costs: synchronous calls of a warm plugin through the whole path (HTTP, Postgres, the queue, an executor, a
 * sandbox, and back) by 1, 8 and 32 clients, and beside each its yardsticks, on the same machine in the same minute.
 */
import type { Stack } from '@paddock/infra';
import type { Benchmark, BenchReport } from '../../infra/local/bench.js';
import { installedPlugin } from '../support/plugins.js';
import { open, type TestStack } from '../support/stack.js';
import { type Calls, openCalls } from './calls.js';
import { cpuMs, type Figures, measure } from './measure.js';
import { type Containers, measureContainers, measureProcess, measureQueue } from './yardsticks.js';

/** The processes are to have run long enough that what is measured is compiled; that takes some thousand runs. */
const WARM_UP = { clients: 32, warmUp: 0, calls: 4000 };
/** Every client warms its own connection up, and the pool a sandbox for each run at a time. */
const LEVELS = [
  { clients: 1, warmUp: 200, calls: 500 },
  { clients: 8, warmUp: 800, calls: 2000 },
  { clients: 32, warmUp: 1600, calls: 4000 },
];
const FEW = { warmUp: 2, calls: 15 };

interface Level {
  runs: Figures;
  queue: Figures;
  /** CPU time of a run by process, in milliseconds; `sandbox` is what the run is billed for, `bench` the clients' own. */
  cpuMsPerRun: Record<string, number>;
}

interface Measured {
  levels: Level[];
  process: Figures;
  container: Containers;
  /** A call of a plugin that is installed with a fresh sandbox for each run. */
  freshRun: Figures;
}

const runs: Benchmark = async (stack, progress, signal) => {
  const organizations = [...stack.organizations];
  const adminKey = organizations[0]?.apiKey ?? '';
  const world = await open({ ...stack, ...stack.settings, organizations, adminKey, logFiles: [] });
  const [warm, fresh] = await progress.run('A plugin is published and installed', () =>
    Promise.all([prepare(world, 'install'), prepare(world, 'run')]),
  );
  await progress.run('Warming up', () => measure({ ...WARM_UP, call: warm.call, signal }));
  const levels: Level[] = [];
  for (const level of LEVELS) {
    const { clients } = level;
    const title = `${level.calls} runs by ${clients} client${clients === 1 ? '' : 's'}, and as many jobs`;
    levels.push(
      await progress.run(
        title,
        () => measureLevel(stack, warm, level, signal),
        ({ runs: { perSecond } }) => `${perSecond.toFixed(0)} runs/s`,
      ),
    );
  }
  const measured: Measured = {
    levels,
    process: await progress.run('Bare processes', () => measureProcess({ ...FEW, signal })),
    container: await progress.run('Containers', () => measureContainers(stack, { ...FEW, signal })),
    freshRun: await progress.run('Runs in fresh sandboxes', () =>
      measure({ clients: 1, ...FEW, call: fresh.call, signal }),
    ),
  };
  for (const each of [warm, fresh]) each.close();
  return report(measured);
};
export default runs;

async function prepare(world: TestStack, isolation: 'install' | 'run'): Promise<Calls> {
  const { tenant, install } = await installedPlugin(world, {}, { isolation });
  const { apiUrl } = world;
  return openCalls({ apiUrl, apiKey: tenant.apiKey, installId: install.id, tool: 'echo', input: { hello: 'world' } });
}

async function measureLevel(
  stack: Stack,
  { call }: Calls,
  level: (typeof LEVELS)[number],
  signal: AbortSignal,
): Promise<Level> {
  const pids = [...stack.processes.map(({ name, pid }) => [name, pid] as const), ['bench', process.pid] as const];
  const cpu = () => pids.map(([name, pid]) => [name, cpuMs(pid)] as const);
  let before = cpu();
  let sandboxUs = 0;
  const figures = await measure({
    ...level,
    signal,
    call: async () => {
      const cpuUs = await call();
      sandboxUs += cpuUs; // Not in one: the sum would be read before the call, and what came in meanwhile be lost.
    },
    onWarm: () => {
      before = cpu();
      sandboxUs = 0;
    },
  });
  const spent = cpu().map(([name, ms], index) => [name, (ms - (before[index]?.[1] ?? 0)) / level.calls] as const);
  return {
    runs: figures,
    queue: await measureQueue(stack, level.clients, { ...level, signal }),
    cpuMsPerRun: { ...Object.fromEntries(spent), sandbox: sandboxUs / 1000 / level.calls },
  };
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
const times = (ratio: number): string => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`;
const part = (ratio: number): string => `${ratio.toFixed(ratio < 1 ? 3 : 2)}`;

function report({ levels, process: bare, container, freshRun }: Measured): BenchReport {
  const one = levels[0]?.runs.p50Ms ?? Number.NaN;
  const processes = Object.keys(levels[0]?.cpuMsPerRun ?? {});
  return {
    tables: [
      {
        title: 'Synchronous runs of a warm plugin, beside BullMQ alone',
        headings: [
          '>clients',
          '>run p50',
          '>p99',
          '>runs/s',
          '>job p50',
          '>p99',
          '>jobs/s',
          '>p50 run ÷ job',
          '>runs/s ÷ jobs/s',
        ],
        rows: levels.map(({ runs: run, queue }) => [
          String(run.clients),
          ...[ms(run.p50Ms), ms(run.p99Ms), run.perSecond.toFixed(0)],
          ...[ms(queue.p50Ms), ms(queue.p99Ms), queue.perSecond.toFixed(0)],
          times(run.p50Ms / queue.p50Ms),
          part(run.perSecond / queue.perSecond),
        ]),
      },
      {
        title: 'One at a time, p50',
        headings: ['', '>time', '>a warm run ÷ it', '>a fresh run ÷ it'],
        rows: (
          [
            ['node -e 0', bare],
            ['a container by hand', container.raw],
            ['a sandbox, started and destroyed', container.sandbox],
            ['a run in a fresh sandbox', freshRun],
          ] as const
        ).map(([name, { p50Ms }]) => [name, ms(p50Ms), part(one / p50Ms), part(freshRun.p50Ms / p50Ms)]),
      },
      {
        title: 'CPU time of one run',
        headings: ['>clients', ...processes.map((name) => `>${name}`)],
        rows: levels.map(({ runs: { clients }, cpuMsPerRun }) => [
          String(clients),
          ...processes.map((name) => ms(cpuMsPerRun[name] ?? 0)),
        ]),
      },
    ],
    figures: {
      levels: levels.map((level) => ({
        ...level,
        ratios: {
          p50RunToJob: level.runs.p50Ms / level.queue.p50Ms,
          throughputRunToJob: level.runs.perSecond / level.queue.perSecond,
        },
      })),
      process: bare,
      container,
      freshRun,
      ratios: {
        warmRunToProcess: one / bare.p50Ms,
        warmRunToContainer: one / container.raw.p50Ms,
        freshRunToContainer: freshRun.p50Ms / container.raw.p50Ms,
      },
    },
  };
}
