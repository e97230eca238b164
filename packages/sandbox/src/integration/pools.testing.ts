/** What the tests of pools share: a host, the test plugin's bundle, and pools that end with their test and leave nothing behind. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type PoolOptions, SandboxPool } from '../index.js';
import { openTestHost, planFor, type TestHost, type TestPlan, writeBundle } from './harness.js';

export interface Pools {
  readonly test: TestHost;
  readonly options: PoolOptions;
  open(change?: Partial<PoolOptions>): SandboxPool;
  plan(change?: Parameters<typeof planFor>[1]): TestPlan;
}

/** To be called where a file's tests are declared, since it sets them up. */
export function testPools(maxSandboxes: number): Pools {
  const options: PoolOptions = {
    maxSandboxes,
    memoryBytes: 2 ** 40,
    maxSpares: 0,
    idleMs: 60_000,
    maxAgeMs: 600_000,
    maxRuns: 1000,
  };
  let test: TestHost;
  let bundle: Awaited<ReturnType<typeof writeBundle>>;
  const pools: SandboxPool[] = [];
  beforeAll(async () => {
    test = await openTestHost();
    bundle = await writeBundle();
  });
  afterAll(() => bundle.remove());
  afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.close();
    expect(await test.leftovers()).toEqual([]);
  });
  return {
    get test() {
      return test;
    },
    options,
    open(change = {}) {
      const pool = new SandboxPool(test.host, { ...options, ...change });
      pools.push(pool);
      return pool;
    },
    plan: (change = {}) => planFor(bundle.dir, change),
  };
}
