/**
 * `npm run bench -- NAME [--json FILE]`: starts what the benchmark `test/bench/NAME.ts` needs, runs it, prints its tables
 * and ends everything. What a benchmark promises is its ratios to the yardsticks of the same run; times are this machine's.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { type Command, HelpfulError, runCommand } from './command.js';
import { repositoryRoot } from './folders.js';
import type { Progress } from './progress.js';
import { type Stack, type StackOptions, startStack } from './stack/startStack.js';
import { table } from './table.js';

export interface BenchReport {
  readonly tables: readonly {
    readonly title: string;
    /** A heading that begins with `>` sets its column to the right. */
    readonly headings: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }[];
  /** Everything that was measured, with units in the names: what `--json` writes. */
  readonly figures: Readonly<Record<string, unknown>>;
}

/** The default export of a module of `test/bench/`. It throws when anything that it measures goes wrong. */
export type Benchmark = (stack: Stack, progress: Progress, signal: AbortSignal) => Promise<BenchReport>;

/** A module of `test/bench/`; what it asks of its stack, if anything, stands beside the benchmark. */
interface BenchmarkModule {
  readonly default: Benchmark;
  readonly stack?: Pick<StackOptions, 'replicas' | 'environment'>;
}

/** By name, what each is about. */
const BENCHMARKS = new Map([
  ['verification', 'what an upload takes to its verdict, by size, and a hundred at once'],
  ['runs', 'what calling a tool costs, through the whole path'],
  ['sandbox', 'what a sandbox costs: started, started ahead, warm, idle, killed'],
  ['revoke', 'how soon a revoked version is dead, on two executors'],
  ['neighbour', 'what one tenant’s runs take while another’s do harm'],
]);

interface Options {
  name: string;
  json: string | undefined;
}

function options(): Options {
  const list = [...BENCHMARKS].map(([name, about]) => `  ${name.padEnd(14)}${about}`).join('\n');
  const usage = `Usage: npm run bench -- NAME [--json FILE]\n${list}`;
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
    const [name, ...more] = positionals;
    if (name === undefined) throw new HelpfulError(usage);
    if (!BENCHMARKS.has(name)) throw new HelpfulError(`There is no benchmark ${JSON.stringify(name)}.\n${usage}`);
    if (more.length > 0) throw new HelpfulError(`One benchmark at a time.\n${usage}`);
    return { name, json: values.json === undefined ? undefined : path.resolve(values.json) };
  } catch (error) {
    throw error instanceof HelpfulError ? error : new HelpfulError(`${(error as Error).message}\n${usage}`);
  }
}

await runCommand(async ({ progress, signal }) => {
  const { name, json } = options();
  const benchmark = await load(name);
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), node: process.version };
  const loadBefore = loadavg()[0] ?? 0;
  const { report, problems } = await onStack({ progress, signal }, benchmark);
  for (const { title, headings, rows } of report.tables) {
    progress.print(`\n${pc.bold(title)}\n${table(headings, rows)}`);
  }
  const busy = loadBefore > 0.5 ? pc.yellow(`; it was busy before: load ${loadBefore.toFixed(1)}`) : '';
  progress.print(`\nOn ${machine.cores} cores (${machine.cpu}), Node ${machine.node}${busy}`);
  if (json !== undefined) {
    const content = {
      benchmark: name,
      at: new Date().toISOString(),
      machine: { ...machine, loadBefore },
      ...report.figures,
    };
    await writeFile(json, `${JSON.stringify(content, null, 2)}\n`);
  }
  for (const problem of problems) progress.print(pc.red(problem));
  return problems.length === 0 ? 0 : 1;
});

/** The benchmark's module: `test` builds upon `infra`, so it is found by its path. */
async function load(name: string): Promise<BenchmarkModule> {
  const file = path.join(repositoryRoot(), 'test/dist/bench', `${name}.js`);
  return (await import(pathToFileURL(file).href)) as BenchmarkModule;
}

async function onStack(
  { progress, signal }: Command,
  { default: benchmark, stack: options }: BenchmarkModule,
): Promise<{ report: BenchReport; problems: string[] }> {
  const stack = await startStack({ ...options, progress, signal });
  const problems: string[] = [];
  try {
    return { report: await benchmark(stack, progress, signal), problems };
  } finally {
    problems.push(...(await stack.stop()));
  }
}
