/** The chapter of a plugin that turns out bad: reported, revoked while it runs, and what it could reach. */
import { setTimeout as sleep } from 'node:timers/promises';
import { followRun, unwrap } from '@paddock/client';
import { dockerAt } from '../prerequisites/docker.js';
import { milliseconds } from '../table.js';
import type { Play } from './cast.js';
import { count, refusal } from './publish.js';
import { brought, must } from './steps.js';
import { usageOf } from './tenants.js';

const PLUGIN = 'mallory/cpu-spin';
const TOOL = 'spin';
const LOOK_EVERY_MS = 20;

export async function revokeOne({
  steps,
  stack,
  admin,
  globex,
  initech,
  versions,
  installs,
  runs,
}: Play): Promise<void> {
  const version = brought(versions.get(PLUGIN), `${PLUGIN}, published,`);
  const install = brought(installs.get(`${initech.slug} ${PLUGIN}`), `${initech.slug}’s install of ${PLUGIN}`);
  const params = { path: { id: version.id } };
  const call = () => {
    const path = { id: install.id, tool: TOOL };
    return unwrap(
      initech.client.POST('/v1/installs/{id}/tools/{tool}/runs', { params: { path }, body: { input: {} } }),
    );
  };
  const runOf = (id: string) => unwrap(initech.client.GET('/v1/runs/{id}', { params: { path: { id } } }));
  const docker = dockerAt(stack.dockerHost);
  const containers = async () => {
    const all = await docker.listContainers({ filters: { label: ['paddock=sandbox'] } });
    return all.filter(({ Mounts }) => Mounts.some(({ Source }) => Source.endsWith(`/bundles/${version.id}`))).length;
  };

  const run = await steps.step(
    `${initech.slug} calls ${PLUGIN} again, and does not wait for it`,
    async () => {
      const { id } = await call();
      while ((await runOf(id)).state === 'queued' || (await containers()) === 0) await sleep(LOOK_EVERY_MS);
      return runOf(id);
    },
    ({ state }) => `${state}, in a sandbox of its own`,
  );
  const report = await steps.step(
    `${initech.slug} reports ${version.plugin} ${version.version}`,
    () => {
      const body = { category: 'malware', text: 'It does nothing but use what it gets.' } as const;
      return unwrap(initech.client.POST('/v1/versions/{id}/reports', { params, body }));
    },
    ({ category }) => `${category}; its publisher learns nothing of it`,
  );
  await steps.step(
    `${admin.slug} revokes it while it runs`,
    async () => {
      const began = performance.now();
      const body = { reason: 'It does nothing but use what it gets.' };
      const { state } = await unwrap(admin.client.POST('/v1/versions/{id}/revoke', { params, body }));
      must(state === 'revoked', `it is ${state}`);
      while ((await containers()) > 0) await sleep(LOOK_EVERY_MS);
      const dead = performance.now() - began;
      const ended = await followRun(initech.client, run.id, { everyMs: 50 });
      runs.push({ tenant: initech.slug, run: ended });
      must(ended.state === 'revoked', `the run ended as ${ended.state}`);
      return { dead, ended };
    },
    ({ dead, ended }) => `no container of it is left after ${milliseconds(dead)}; the run: revoked, ${usageOf(ended)}`,
  );
  await steps.step(
    `${initech.slug} calls it once more`,
    async () => {
      const { status, code } = await refusal(call);
      must(code === 'version_not_published', `the answer is ${status} ${code}`);
      return { status, code };
    },
    ({ status, code }) => `${status} ${code}`,
  );
  await steps.step(
    `${initech.slug} asks what it could reach`,
    async () => {
      const { items } = await unwrap(initech.client.GET('/v1/versions/{id}/exposure', { params }));
      const [mine, ...others] = items;
      must(mine?.installId === install.id && others.length === 0, `the report is of ${count(items.length, 'install')}`);
      return mine;
    },
    ({ runs: { total }, secrets, fetched, refused }) =>
      `${count(total, 'run')}, ${count(secrets.length, 'secret')} in reach, ${count(fetched.length, 'host')} fetched from, ${count(refused, 'request')} refused`,
  );
  await steps.step(
    `${globex.slug}, which has not installed it, asks too`,
    async () => {
      const { items } = await unwrap(globex.client.GET('/v1/versions/{id}/exposure', { params }));
      must(items.length === 0, `it is told of ${count(items.length, 'install')}`);
    },
    () => 'nothing',
  );
  await steps.step(
    `${admin.slug} resolves the report`,
    () => {
      const body = { resolution: 'Revoked.' };
      return unwrap(admin.client.POST('/v1/reports/{id}/resolve', { params: { path: { id: report.id } }, body }));
    },
    ({ resolution }) => String(resolution),
  );
}
