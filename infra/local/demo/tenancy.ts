/** Chapters about what stands between tenants, and about what each of them has used. */
import { randomUUID } from 'node:crypto';
import { unwrap } from '@paddock/client';
import { bytes, milliseconds } from '../table.js';
import type { Play } from './cast.js';
import { count, refusal } from './publish.js';
import { brought, must } from './steps.js';

export async function keepTenantsApart({ steps, globex, initech, runs }: Play): Promise<void> {
  const { run } = brought(
    runs.find(({ tenant }) => tenant === globex.slug),
    `a run of ${globex.slug}`,
  );
  const lookAs = (tenant: typeof globex, id: string) =>
    refusal(() => unwrap(tenant.client.GET('/v1/runs/{id}', { params: { path: { id } } })));
  await steps.step(
    `${initech.slug} asks for a run of ${globex.slug}`,
    async () => {
      const [foreign, missing] = [await lookAs(initech, run.id), await lookAs(initech, randomUUID())];
      must(foreign.status === 404 && foreign.code === 'not_found', `the answer is ${foreign.status} ${foreign.code}`);
      must(
        JSON.stringify(foreign.problem) === JSON.stringify(missing.problem),
        'the answer tells it from a run that isn’t',
      );
    },
    () => '404, the very answer to a run that does not exist',
  );
  await steps.step(
    `${globex.slug} asks for the same run`,
    async () => {
      const found = await unwrap(globex.client.GET('/v1/runs/{id}', { params: { path: { id: run.id } } }));
      must(found.id === run.id && found.state === run.state, `it is ${found.state}`);
    },
    () => `${run.state}, with its result`,
  );
}

/** What a tenant is billed must be what its runs used, install by install. */
export async function addUpUsage({ steps, globex, initech, installs, runs }: Play): Promise<void> {
  for (const tenant of [globex, initech]) {
    await steps.step(
      `${tenant.slug}’s usage is the sum of its runs`,
      async () => {
        const { items } = await unwrap(tenant.client.GET('/v1/usage', { params: { query: {} } }));
        const own = [...installs].filter(([of]) => of.startsWith(`${tenant.slug} `)).map(([, install]) => install);
        must(own.length > 0, 'it has no installs');
        const mine = items.filter((item) => own.some(({ id }) => id === item.installId));
        for (const { id, plugin } of own) {
          const used = runs.filter(({ run }) => run.installId === id).map(({ run }) => run.usage);
          const billed = mine.find((item) => item.installId === id) ?? { runs: 0, cpuUs: 0 };
          const cpuUs = used.reduce((sum, usage) => sum + (usage?.cpuUs ?? 0), 0);
          must(
            billed.runs === used.length && billed.cpuUs === cpuUs,
            `${plugin}: ${billed.runs} runs and ${billed.cpuUs} µs are billed, and ${used.length} runs used ${cpuUs} µs`,
          );
        }
        return {
          runs: mine.reduce((sum, item) => sum + item.runs, 0),
          cpuUs: mine.reduce((sum, item) => sum + item.cpuUs, 0),
          peak: Math.max(...mine.map((item) => item.maxPeakMemoryBytes)),
        };
      },
      (total) =>
        `${count(total.runs, 'run')}, ${milliseconds(total.cpuUs / 1000)} of CPU, ${bytes(total.peak)} at the highest`,
    );
  }
}
