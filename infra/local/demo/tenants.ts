/** What tenants do in the demo: read what a plugin asks for, install it, call its tools. */
import { followRun, type Install, type Run, unwrap, type Version } from '@paddock/client';
import { effectiveLimits, isSettled, splitPluginName } from '@paddock/contracts';
import { bytes, milliseconds } from '../table.js';
import type { Organization, Play } from './cast.js';
import { brought, must } from './steps.js';

/** Seconds that a call waits for its run. */
const WAIT_S = 30;

/** Reads what the plugin asks for, grants just that, and installs the very version that was published. */
export async function install(play: Play, tenant: Organization, plugin: string): Promise<void> {
  const { steps, versions, installs } = play;
  const { id, version } = brought(versions.get(plugin), `${plugin}, published,`);
  const { installed } = await steps.step(
    `${tenant.slug} installs ${plugin} ${version}`,
    async () => {
      const { publisher, name } = splitPluginName(plugin);
      const params = { path: { publisher, name } };
      const { manifest, versions: published } = await unwrap(
        tenant.client.GET('/v1/plugins/{publisher}/{name}', { params }),
      );
      must(
        published.some((one) => one.id === id),
        `${version} is not among its versions`,
      );
      const body = { plugin, version, grants: manifest.capabilities };
      const made = await unwrap(tenant.client.POST('/v1/installs', { body }));
      must(made.versionId === id, `it is of version ${made.version}`);
      return { manifest, installed: made };
    },
    ({ manifest, installed: { grants } }) => `asks for ${asked(manifest)}; granted ${grantsOf(grants)}`,
  );
  installs.set(`${tenant.slug} ${plugin}`, installed);
}

function asked({ capabilities, limits }: NonNullable<Version['manifest']>): string {
  const { memoryBytes, cpuMillis, timeoutMs } = effectiveLimits(limits, {});
  return `${grantsOf(capabilities)} within ${bytes(memoryBytes)}, ${cpuMillis / 1000} of a core, ${milliseconds(timeoutMs)} a run`;
}

function grantsOf({ http = [], kv = false, blobs = false, secrets = [] }: Install['grants']): string {
  const words = [
    ...http.map((host) => `http ${host}`),
    ...(kv ? ['kv'] : []),
    ...(blobs ? ['blobs'] : []),
    ...secrets.map((name) => `secret ${name}`),
  ];
  return words.length === 0 ? 'no capability' : words.join(', ');
}

export interface Call {
  plugin: string;
  tool: string;
  input: Record<string, unknown>;
  timeoutMs?: number;
}

/** Calls a tool and waits for the run's end, which is remembered for the summary. */
export async function call(
  { installs, runs }: Play,
  tenant: Organization,
  { plugin, tool, input, timeoutMs }: Call,
): Promise<Run> {
  const { id } = brought(installs.get(`${tenant.slug} ${plugin}`), `${tenant.slug}’s install of ${plugin}`);
  const first = await unwrap(
    tenant.client.POST('/v1/installs/{id}/tools/{tool}/runs', {
      params: { path: { id, tool }, header: { Prefer: `wait=${WAIT_S}` } },
      body: { input, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
    }),
  );
  const run = isSettled(first.state) ? first : await followRun(tenant.client, first.id);
  runs.push({ tenant: tenant.slug, run });
  return run;
}

/** The output of a run that had to succeed; what it holds is still to be looked at. */
export function outputOf({ state, error, output }: Run): Record<string, unknown> {
  must(state === 'succeeded', `the run ended as ${state}${error === null ? '' : ` (${error.code}: ${error.message})`}`);
  must(typeof output === 'object' && output !== null, 'the run has no output');
  return output as Record<string, unknown>;
}

/** `62 ms of CPU, 41.3 MiB, 130 ms`. */
export function usageOf({ usage }: Run): string {
  if (usage === null) return 'not billed';
  return `${milliseconds(usage.cpuUs / 1000)} of CPU, ${bytes(usage.peakMemoryBytes)} at the peak, ${milliseconds(usage.wallMs)}`;
}
