/**
 * Which server, and whose key: from the command line, a local stack, the environment or what `paddock login` kept, in this
 * order. A kept key goes to the server that it was kept for and to no other.
 */
import { access, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClientOptions } from '@paddock/client';
import type { Environment } from './environment.js';
import { CliError } from './errors.js';
import { codeOf, readInput, replaceFile } from './files.js';

export interface ConnectionOptions {
  url?: string;
  apiKeyFile?: string;
  /** An organization of the local stack. */
  as?: string;
}

interface Config {
  url?: string;
  apiKey?: string;
}

/** What of `.paddock/stack.json` is of use here; `npm run stack -- up` writes it. */
interface StackFile {
  apiUrl: string;
  organizations: readonly { slug: string; apiKey: string }[];
}

/** @throws CliError `no_server`, `no_api_key`, `usage`, `config_unreadable`, `file_unreadable` */
export async function resolveConnection(
  options: ConnectionOptions,
  environment: Pick<Environment, 'url' | 'apiKey' | 'configFile'>,
): Promise<ClientOptions> {
  const config = await readConfig(environment.configFile);
  const stack = options.as === undefined ? undefined : await organizationOfStack(options.as);
  const url = options.url ?? stack?.apiUrl ?? environment.url ?? config.url;
  if (url === undefined) {
    throw new CliError(
      'no_server',
      'Which server? Give --url, set PADDOCK_URL, call paddock login, or use a local stack with --as <organization>.',
    );
  }
  const given =
    options.apiKeyFile === undefined
      ? undefined
      : keyOf((await readInput(options.apiKeyFile)).toString('utf8'), options.apiKeyFile);
  const kept = config.url === serverUrl(url) ? config.apiKey : undefined;
  const apiKey = given ?? stack?.apiKey ?? environment.apiKey ?? kept;
  if (apiKey === undefined) {
    throw new CliError(
      'no_api_key',
      `No API key for ${url}. Give --api-key-file, set PADDOCK_API_KEY, or call paddock login.`,
    );
  }
  return { url: serverUrl(url), apiKey };
}

/** A server's address as it is compared and kept. @throws CliError `usage` */
export function serverUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new CliError('usage', `${text} is not an http or https address.`);
  return text.replace(/\/+$/, '');
}

/** An API key as a person hands it over. @throws CliError `no_api_key` */
export function keyOf(text: string, where: string): string {
  const key = text.trim();
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new CliError('no_api_key', `There is no API key in ${where}.`);
  return key;
}

/** Keeps server and key for the commands to come, readable by their owner alone. */
export async function keepConfig(configFile: string, config: Required<Config>): Promise<void> {
  await mkdir(dirname(configFile), { recursive: true, mode: 0o700 });
  await replaceFile(configFile, `${JSON.stringify(config, null, 2)}\n`, 0o600);
}

async function readConfig(path: string): Promise<Config> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new CliError('config_unreadable', `${path} can’t be read (${codeOf(error)}).`);
  }
  const { url, apiKey } = parseObject(text, path);
  return { ...(typeof url === 'string' ? { url } : {}), ...(typeof apiKey === 'string' ? { apiKey } : {}) };
}

async function organizationOfStack(slug: string): Promise<{ apiUrl: string; apiKey: string }> {
  const path = await findUpwards(join('.paddock', 'stack.json'));
  if (path === undefined)
    throw new CliError(
      'usage',
      '--as needs a local stack, and there is no .paddock/stack.json here or above. Start one: npm run stack -- up',
    );
  const { apiUrl, organizations } = parseObject((await readInput(path)).toString('utf8'), path) as unknown as StackFile;
  const found = organizations.find((organization) => organization.slug === slug);
  if (found === undefined)
    throw new CliError(
      'usage',
      `The local stack has no organization ${slug}. It has: ${organizations.map((one) => one.slug).join(', ')}.`,
    );
  return { apiUrl, apiKey: found.apiKey };
}

/** Where the local stack's Docker engine answers, if there is a stack. */
export async function dockerHostOfStack(): Promise<string | undefined> {
  const path = await findUpwards(join('.paddock', 'stack.json'));
  if (path === undefined) return undefined;
  const { dockerHost } = parseObject((await readInput(path)).toString('utf8'), path);
  return typeof dockerHost === 'string' ? dockerHost : undefined;
}

async function findUpwards(name: string): Promise<string | undefined> {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
    if (folder === dirname(folder)) return undefined;
  }
}

function parseObject(text: string, path: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Its text may hold a key: the message says where it stands and nothing of it.
  }
  throw new CliError('config_unreadable', `${path} is not a JSON object.`);
}
