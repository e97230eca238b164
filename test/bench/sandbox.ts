/**
 * What a sandbox costs, without queue and database: a run in a fresh one, in one that was started ahead, and in a warm
 * one, what an idle one holds, and how long one takes to die. Every round measures everything, yardsticks included, so
 * that a machine that is busy is so for all of them; ratios are the medians of the rounds' own.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '@paddock/contracts';
import { openSandboxHost, type PoolOptions, type RunPlan, SandboxPool } from '@paddock/sandbox';
import type { Benchmark, BenchReport } from '../../infra/local/bench.js';
import { Docker } from '../support/docker.js';
import { quantile } from './measure.js';
import { type Memory, measureMemory } from './memory.js';
import { bareProcess, byHand, factsOf, idPrefix } from './yardsticks.js';

const ROUNDS = 5;
const FEW = 8;
const WARM_RUNS = 300;
const KILLS = 10;
/** Enough to keep every core busy while the engine waits. */
const AT_ONCE = availableParallelism() * 2;

/** Speaks the protocol by hand, in as few lines as can be, so that what is measured is not the plugin. */
const PROGRAM = `let rest = '';
const answer = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const { id, method, params } of lines.map((line) => JSON.parse(line))) {
    if (method === 'initialize') answer(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'bench', version: '1' } });
    if (method === 'tools/call' && params.name === 'echo') answer(id, { content: [], structuredContent: params.arguments });
  }
});
`;
const TALK = {
  say: `${[
    {
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '1' } },
    },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: 'echo', arguments: { hello: 'world' } } },
  ]
    .map((message) => JSON.stringify({ jsonrpc: '2.0', ...message }))
    .join('\n')}\n`,
  hear: '"id":2',
};

/** Times of single calls in milliseconds, and calls a second of all callers together. */
interface Sample {
  times: number[];
  perSecond: number;
}
type Samples = Map<string, Sample[]>;

const sandbox: Benchmark = async (stack, progress, signal) => {
  const docker = new Docker(stack.dockerHost);
  const bundleDir = path.join(stack.settings.scratchFolder, 'bench-sandbox');
  await mkdir(bundleDir, { recursive: true, mode: 0o755 });
  await writeFile(path.join(bundleDir, 'main.mjs'), PROGRAM, { mode: 0o644 });
  const facts = await factsOf(docker);
  const host = await openSandboxHost({ docker, images: stack.images, ...facts });
  const spec = { runtime: 'node', bundleDir, entry: 'main.mjs', limits: DEFAULT_LIMITS, lifeMs: 600_000 } as const;
  const plan = (isolation: RunPlan['isolation']): RunPlan => ({
    ...spec,
    installId: 'bench',
    versionId: 'bench',
    isolation,
    hostServices: () => Promise.reject(new Error('the bench asks for nothing')),
    onLog: () => {},
  });
  const options: PoolOptions = {
    maxSandboxes: AT_ONCE * 4,
    memoryBytes: Number.MAX_SAFE_INTEGER,
    maxSpares: 0,
    idleMs: 60_000,
    maxAgeMs: 600_000,
    maxRuns: 1_000_000,
  };
  const pool = new SandboxPool(host, options);
  const ahead = new SandboxPool(host, { ...options, maxSpares: 1 });
  const prefix = await idPrefix(host, spec);

  const run = async (from: SandboxPool, isolation: RunPlan['isolation']) => {
    const result = await from.run(plan(isolation), { tool: 'echo', input: { hello: 'world' } }, signal);
    if (result.outcome !== 'succeeded') throw new Error(`A run ended as ${result.outcome}: ${result.error?.message}`);
    return result.start;
  };
  const spare = async () => {
    for (let tries = 0; ahead.waiting().spare === 0; tries += 1) {
      signal.throwIfAborted();
      // Without demand there are no spares.
      if (tries % 100 === 99) await run(ahead, 'run');
      await sleep(20);
    }
    // The machine is as still as it is before any other call.
    await sleep(50);
  };
  const kill = async () => {
    const stop = new AbortController();
    const hanging = pool.run(plan('install'), { tool: 'hang', input: {}, graceMs: 0 }, stop.signal);
    await sleep(5);
    const killedAt = performance.now();
    stop.abort(null);
    const { outcome } = await hanging;
    if (outcome !== 'cancelled') throw new Error(`A killed run ended as ${outcome}.`);
    return performance.now() - killedAt;
  };

  const samples: Samples = new Map();
  const take = async (
    name: string,
    clients: number,
    calls: number,
    call: () => Promise<unknown>,
    before?: () => Promise<unknown>,
  ) => {
    const of = samples.get(name) ?? [];
    samples.set(name, of);
    of.push(await sample({ clients, calls, call, before, signal }));
  };
  const raw = { docker, spec: { ...spec, imageId: stack.images.node }, facts, prefix };
  const answered = () => byHand(raw.docker, raw.spec, raw.facts, raw.prefix, TALK);
  try {
    await Promise.all([
      run(pool, 'install'),
      run(ahead, 'run').then(() => run(ahead, 'run')),
      answered(),
      bareProcess(),
    ]);
    for (let round = 1; round <= ROUNDS; round += 1) {
      await progress.run(`Round ${round} of ${ROUNDS}`, async () => {
        await take('process', 1, FEW, bareProcess);
        await take('raw', 1, FEW, () => byHand(raw.docker, raw.spec, raw.facts, raw.prefix));
        await take('answered', 1, FEW, answered);
        await take('fresh', 1, FEW, () => run(pool, 'run'));
        await take(
          'ahead',
          1,
          FEW,
          async () => {
            const start = await run(ahead, 'run');
            if (start !== 'ahead') throw new Error(`A run that was to find a spare was ${start}.`);
          },
          spare,
        );
        await run(pool, 'install');
        await take('warm', 1, WARM_RUNS, () => run(pool, 'install'));
        await take('rawAtOnce', AT_ONCE, FEW * 2, () => byHand(raw.docker, raw.spec, raw.facts, raw.prefix));
        await take('answeredAtOnce', AT_ONCE, FEW * 2, answered);
        await take('freshAtOnce', AT_ONCE, FEW * 2, () => run(pool, 'run'));
        const killed: number[] = [];
        for (let i = 0; i < KILLS; i += 1) {
          await run(pool, 'install');
          killed.push(await kill());
        }
        // What the containers by hand have left of their cgroups.
        await host.removeOrphans();
        samples.set('kill', [...(samples.get('kill') ?? []), { times: killed, perSecond: 0 }]);
      });
    }
    const memory = await progress.run('Memory of what is idle', () => measureMemory(host, spec, signal));
    return report(samples, memory);
  } finally {
    await Promise.all([pool.close(), ahead.close()]);
    await host.removeOrphans();
  }
};
export default sandbox;

interface Work {
  clients: number;
  calls: number;
  call: () => Promise<unknown>;
  /** Done before each call, and not measured; for one client only. */
  before?: (() => Promise<unknown>) | undefined;
  signal: AbortSignal;
}

async function sample({ clients, calls, call, before, signal }: Work): Promise<Sample> {
  const times: number[] = [];
  let left = calls;
  const startedAt = performance.now();
  const client = async () => {
    while (left-- > 0) {
      signal.throwIfAborted();
      await before?.();
      const calledAt = performance.now();
      await call();
      times.push(performance.now() - calledAt);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { times, perSecond: (calls / (performance.now() - startedAt)) * 1000 };
}

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
const median = (numbers: readonly number[]): number => quantile(sorted(numbers), 0.5);

function report(samples: Samples, memory: Memory): BenchReport {
  const of = (name: string): Sample[] => samples.get(name) ?? [];
  const all = (name: string) => sorted(of(name).flatMap(({ times }) => times));
  const p50 = (name: string) => of(name).map(({ times }) => median(times));
  const rate = (name: string) => of(name).map(({ perSecond }) => perSecond);
  const ratio = (a: number[], b: number[]) => median(a.map((value, round) => value / (b[round] ?? Number.NaN)));
  const figures = (name: string) => ({
    p50Ms: quantile(all(name), 0.5),
    p99Ms: quantile(all(name), 0.99),
    perSecond: median(rate(name)),
    calls: all(name).length,
  });
  const ratios = {
    warmToProcess: ratio(p50('warm'), p50('process')),
    aheadToProcess: ratio(p50('ahead'), p50('process')),
    freshToRaw: ratio(p50('fresh'), p50('raw')),
    freshToAnswered: ratio(p50('fresh'), p50('answered')),
    freshRateToRawRate: ratio(rate('freshAtOnce'), rate('rawAtOnce')),
    freshRateToAnsweredRate: ratio(rate('freshAtOnce'), rate('answeredAtOnce')),
    idleSandboxToProcessMemory: memory.sandboxBytes / memory.processBytes,
  };
  const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
  const part = (value: number) => value.toFixed(value < 1 ? 3 : 2);
  const mib = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  const row = (title: string, name: string) => {
    const { p50Ms, p99Ms } = figures(name);
    const [toProcess, toRaw, toAnswered] = ['process', 'raw', 'answered'].map((other) => ratio(p50(name), p50(other)));
    return [title, ms(p50Ms), ms(p99Ms), part(toProcess ?? 0), part(toRaw ?? 0), part(toAnswered ?? 0)];
  };
  const rateRow = (title: string, name: string) => {
    const { p50Ms, p99Ms, perSecond } = figures(name);
    const [toRaw, toAnswered] = ['rawAtOnce', 'answeredAtOnce'].map((other) => ratio(rate(name), rate(other)));
    return [title, ms(p50Ms), ms(p99Ms), perSecond.toFixed(1), part(toRaw ?? 0), part(toAnswered ?? 0)];
  };
  const kill = figures('kill');
  return {
    tables: [
      {
        title: 'One at a time',
        headings: ['', '>p50', '>p99', '>÷ process', '>÷ container', '>÷ container that answers'],
        rows: [
          row('node -e 0', 'process'),
          row('a container by hand', 'raw'),
          row('the same, until it has answered', 'answered'),
          row('a run in a fresh sandbox', 'fresh'),
          row('in one that was started ahead', 'ahead'),
          row('in a warm one', 'warm'),
        ],
      },
      {
        title: `${AT_ONCE} at once`,
        headings: ['', '>p50', '>p99', '>a second', '>÷ containers', '>÷ containers that answer'],
        rows: [
          rateRow('containers by hand', 'rawAtOnce'),
          rateRow('the same, until they have answered', 'answeredAtOnce'),
          rateRow('runs in fresh sandboxes', 'freshAtOnce'),
        ],
      },
      {
        title: 'From a kill without grace to the end',
        headings: ['>p50', '>p99', '>kills'],
        rows: [[ms(kill.p50Ms), ms(kill.p99Ms), String(kill.calls)]],
      },
      {
        title: 'Memory of what is idle, shared pages by their share',
        headings: ['>a sandbox', '>and the engine’s helper', '>a bare process', '>sandbox ÷ process'],
        rows: [
          [
            mib(memory.sandboxBytes),
            mib(memory.helperBytes),
            mib(memory.processBytes),
            part(ratios.idleSandboxToProcessMemory),
          ],
        ],
      },
    ],
    figures: {
      rounds: ROUNDS,
      atOnce: AT_ONCE,
      ...Object.fromEntries([...samples.keys()].map((name) => [name, figures(name)])),
      memory,
      ratios,
    },
  };
}
