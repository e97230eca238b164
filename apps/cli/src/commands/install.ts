/** `paddock install`: shows what a plugin declares, asks for consent to what is granted, and installs just that version. */
import { type PaddockClient, unwrap } from '@paddock/client';
import {
  type Capabilities,
  ISOLATION_LEVELS,
  type Isolation,
  type IsolationLevel,
  type Manifest,
  PaddockError,
  type PartialLimits,
  splitPluginName,
  strictestIsolation,
  UPGRADE_POLICIES,
  type UpgradePolicy,
  undeclaredGrants,
} from '@paddock/contracts';
import { Option } from 'commander';
import { capabilityList, parseGrants } from '../capabilities.js';
import { action, defined, examples, gather, type Register } from '../command.js';
import { CliError } from '../errors.js';
import { parsePluginSpec } from '../installs.js';
import { describeLimits, parseLimits } from '../limits.js';
import { confirm, isInteractive } from '../prompts.js';

interface Options {
  grant?: string[];
  limit?: string[];
  isolation: Isolation;
  minIsolation: IsolationLevel;
  upgrade: UpgradePolicy;
  yes?: boolean;
}

export const install: Register = (program) => {
  program
    .command('install <plugin>')
    .summary('install a plugin and grant it what you choose')
    .description('Install publisher/name or publisher/name@version. Nothing is granted that is not named by --grant.')
    .option('--grant <capability>', 'http=<host>, kv or secrets=<NAME>; repeat it for more', gather)
    .option('--limit <name=n>', 'tighten a limit, such as memoryBytes=67108864; repeat it for more', gather)
    .addOption(
      new Option('--isolation <how>', 'a sandbox for each run, or one that stays warm for this install')
        .choices(['run', 'install'])
        .default('install'),
    )
    .addOption(
      new Option(
        '--min-isolation <level>',
        'the weakest isolation to run at: L2 adds a user namespace and a security module, L3 gVisor',
      )
        .choices(ISOLATION_LEVELS)
        .default('L1'),
    )
    .addOption(
      new Option('--upgrade <policy>', 'when to take a newer version by itself, of the same major one')
        .choices(UPGRADE_POLICIES)
        .default('none'),
    )
    .option('-y, --yes', 'don’t ask')
    .addHelpText(
      'after',
      examples(
        'paddock install acme/greeter',
        'paddock install acme/weather@1.2.0 --grant http=api.example.com --grant secrets=TOKEN --isolation run --yes',
      ),
    )
    .action(
      action(async ({ output, connect }, spec: string, options: Options) => {
        const { grant = [], limit = [], isolation, minIsolation, upgrade: upgradePolicy, yes = false } = options;
        const { plugin, version } = parsePluginSpec(spec);
        const grants = parseGrants(grant);
        const limits = parseLimits(limit);
        const { client } = await connect();
        const manifest = await manifestOf(client, plugin, version);
        const undeclared = undeclaredGrants(manifest.capabilities, grants);
        if (undeclared.length > 0) throw new PaddockError('grant_not_declared', `${undeclared.join(', ')}.`);
        for (const line of describe(manifest, grants, limits, options)) output.progress(line);
        if (!yes) await askConsent(manifest);
        // The version that was shown, and no newer one that came meanwhile.
        const terms = { grants: defined(grants), limits: defined(limits), isolation, minIsolation, upgradePolicy };
        const body = { plugin, version: manifest.version, ...terms };
        const installed = await unwrap(client.POST('/v1/installs', { body }));
        output.result(installed, () => `Installed ${installed.plugin}@${installed.version} as ${installed.id}.`);
      }),
    );
};

async function manifestOf(client: PaddockClient, fullName: string, version: string | undefined): Promise<Manifest> {
  const { publisher, name } = splitPluginName(fullName);
  const { manifest, versions } = await unwrap(
    client.GET('/v1/plugins/{publisher}/{name}', { params: { path: { publisher, name } } }),
  );
  if (version === undefined || version === manifest.version) return manifest as Manifest;
  const id = versions.find((one) => one.version === version)?.id;
  const chosen =
    id === undefined ? null : (await unwrap(client.GET('/v1/versions/{id}', { params: { path: { id } } }))).manifest;
  if (chosen === null) throw new PaddockError('not_found', `No published version of ${fullName} ${version}.`);
  return chosen as Manifest;
}

function describe(
  { name, version, description, tools, capabilities, limits: asked, minIsolation: needed }: Manifest,
  grants: Capabilities,
  limits: PartialLimits,
  { isolation, minIsolation }: Pick<Options, 'isolation' | 'minIsolation'>,
): string[] {
  const granted = capabilityList(grants);
  const withheld = capabilityList(capabilities).filter((capability) => !granted.includes(capability));
  return [
    `${name}@${version}: ${description}`,
    `  tools:       ${tools.map((tool) => tool.name).join(', ')}`,
    `  asks for:    ${capabilityList(capabilities).join(', ') || 'nothing'}`,
    `  you grant:   ${granted.join(', ') || 'nothing'}`,
    ...(withheld.length > 0
      ? [`  not granted: ${withheld.join(', ')} (${withheld.map((capability) => `--grant ${capability}`).join(' ')})`]
      : []),
    ...(Object.keys(asked).length > 0 ? [`  its limits:  ${describeLimits(asked)}`] : []),
    ...(Object.keys(limits).length > 0 ? [`  your limits: ${describeLimits(limits)}`] : []),
    `  isolation:   ${isolation === 'run' ? 'a sandbox for each run' : 'a warm sandbox for this install alone'}, at ${strictestIsolation(needed, minIsolation)} or stronger`,
  ];
}

async function askConsent({ name, version }: Manifest): Promise<void> {
  if (!isInteractive())
    throw new CliError('consent_needed', 'Nobody is there to ask: look at what is granted, and give --yes.');
  if (!(await confirm(`Install ${name}@${version} with these grants?`)))
    throw new CliError('consent_refused', 'Nothing was installed.');
}
