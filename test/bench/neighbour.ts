/**
 * What a hostile neighbour costs: one tenant's synchronous runs, one after the other, while another tenant's plugin on the
 * same executor does harm without a pause. The yardstick is the same runs without it, measured before and after each harm.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, BenchReport } from '../../infra/local/bench.js';
import { arsenalSource } from '../support/arsenalSource.js';
import { callTool, installedPlugin } from '../support/plugins.js';
import { open } from '../support/stack.js';
import { openCalls } from './calls.js';
import { type Figures, measure } from './measure.js';

/** Acts of the native arsenal, each with what it wears out; the first is none, by an honest plugin in fresh sandboxes. */
const HONEST = 'none';
const HARMS = [
  [HONEST, 'what fresh sandboxes take'],
  ['spin', 'a core'],
  ['forkBomb', 'processes'],
  ['memoryBomb', 'memory'],
  ['pipeBomb', 'the kernel’s memory'],
  ['floodStdout', 'output, in empty lines'],
  ['floodMessages', 'output, in messages'],
  ['floodStderr', 'the log'],
] as const;
/** Of the victim's runs in each measurement. */
const RUNS = { clients: 1, warmUp: 50, calls: 1500 };
/** Sandboxes that the neighbour breaks before it is measured: from then on it is held to its slowest pace. */
const BROKEN = 9;
/** Of each harm before it is measured, in milliseconds. */
const SETTLE_MS = 8000;
/** Of one harm; then it begins anew. In milliseconds. */
const HARM_MS = 5000;
/** Of a harm that is only to break a sandbox. */
const BRIEF_MS = 300;
const GOAL = 1.5;

interface Measured {
  act: string;
  about: string;
  alone: Figures;
  beside: Figures;
  /** How often the neighbour ran meanwhile. */
  times: number;
}

const neighbour: Benchmark = async (stack, progress, signal) => {
  const organizations = [...stack.organizations];
  const adminKey = organizations[0]?.apiKey ?? '';
  const world = await open({ ...stack, ...stack.settings, organizations, adminKey, logFiles: [] });
  const [victim, honest, hostile] = await progress.run('Tenants’ plugins are published and installed', async () =>
    Promise.all([
      installedPlugin(world),
      installedPlugin(world, {}, { isolation: 'run' }),
      installedPlugin(world, await arsenalSource('native'), { isolation: 'run' }),
    ]),
  );
  const harm = (act: string, timeoutMs = HARM_MS) =>
    act === HONEST
      ? callTool(honest.tenant, honest.install.id, 'echo')
      : callTool(hostile.tenant, hostile.install.id, 'act', { act }, { timeoutMs });
  const { apiUrl } = world;
  const { apiKey } = victim.tenant;
  const calls = openCalls({ apiUrl, apiKey, installId: victim.install.id, tool: 'echo', input: { hello: 'world' } });
  const runs = () => measure({ ...RUNS, call: calls.call, signal });

  const measured: Measured[] = [];
  await progress.run('Warming up', () => measure({ ...RUNS, calls: 2000, call: calls.call, signal }));
  await progress.run('The neighbour breaks its first sandboxes', async () => {
    for (let times = 0; times < BROKEN && !signal.aborted; times++) await harm('spin', BRIEF_MS);
  });
  let before = await progress.run('Alone', runs);
  for (const [act, about] of HARMS) {
    let times = 0;
    const beside = await progress.run(`Beside one that wears out ${about}`, async () => {
      const measuring = { over: false };
      const harming = (async () => {
        for (; !measuring.over && !signal.aborted; times++) await harm(act);
      })();
      await Promise.race([harming, sleep(SETTLE_MS, undefined, { signal }).catch(() => undefined)]);
      const earlier = times;
      const figures = await runs().finally(async () => {
        measuring.over = true;
        await harming;
      });
      times -= earlier;
      return figures;
    });
    const after = await progress.run('Alone again', runs);
    measured.push({ act, about, beside, times, alone: before.p95Ms < after.p95Ms ? before : after });
    before = after;
  }
  calls.close();
  return report(measured);
};
export default neighbour;

function report(measured: readonly Measured[]): BenchReport {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const verdict = (each: Measured) => (each.act === HONEST ? 'no harm' : ratio(each) <= GOAL ? '✓' : 'beyond');
  const ratio = ({ alone, beside }: Measured) => beside.p95Ms / alone.p95Ms;
  return {
    tables: [
      {
        title: `A tenant’s runs beside a hostile neighbour (goal: p95 at most ${GOAL} of its own alone, the better of before and after)`,
        headings: ['harm', 'wears out', '>p50 alone', '>p95', '>p50 beside', '>p95', '>its runs', '>p95 ÷ alone', ''],
        rows: measured.map((each) => [
          ...[each.act, each.about, ms(each.alone.p50Ms), ms(each.alone.p95Ms), ms(each.beside.p50Ms)],
          ...[ms(each.beside.p95Ms), String(each.times), ratio(each).toFixed(2), verdict(each)],
        ]),
      },
    ],
    figures: { harms: measured.map((each) => ({ ...each, ratios: { p95BesideToAlone: ratio(each) } })) },
  };
}
