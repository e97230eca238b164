/** Finds the install that somebody names on the command line. */
import { type Install, type PaddockClient, unwrap } from '@paddock/client';
import { PaddockError, PluginFullName, SemVer } from '@paddock/contracts';
import { defined } from './command.js';
import { CliError } from './errors.js';

/** `publisher/name` with or without `@version`. @throws CliError `usage` */
export function parsePluginSpec(spec: string): { plugin: string; version: string | undefined } {
  const [plugin = '', version, ...more] = spec.split('@');
  if (
    !PluginFullName.safeParse(plugin).success ||
    more.length > 0 ||
    (version !== undefined && !SemVer.safeParse(version).success)
  ) {
    throw new CliError('usage', `“${spec}” is neither publisher/name nor publisher/name@version.`);
  }
  return { plugin, version };
}

/**
 * @param spec an install's id, or a plugin's name if it is installed just once.
 * @throws CliError `usage`, `install_ambiguous`; PaddockError `not_found`; ApiError
 */
export async function findInstall(client: PaddockClient, spec: string): Promise<Install> {
  if (!spec.includes('/')) return unwrap(client.GET('/v1/installs/{id}', { params: { path: { id: spec } } }));
  const { plugin, version } = parsePluginSpec(spec);
  const found = (await allInstalls(client)).filter(
    (install) => install.plugin === plugin && (version === undefined || install.version === version),
  );
  const [only, ...others] = found;
  if (only === undefined) throw new PaddockError('not_found', `${spec} is not installed: paddock install ${spec}`);
  if (others.length > 0) {
    throw new CliError(
      'install_ambiguous',
      `${spec} is installed ${found.length} times. Name one by its id: ${found.map(({ id, version }) => `${id} (${version})`).join(', ')}.`,
    );
  }
  return only;
}

async function allInstalls(client: PaddockClient): Promise<Install[]> {
  const installs: Install[] = [];
  let after: string | undefined;
  do {
    const page = await unwrap(client.GET('/v1/installs', { params: { query: { limit: 200, ...defined({ after }) } } }));
    installs.push(...page.items);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return installs;
}
