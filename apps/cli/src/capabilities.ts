/** Capabilities on the command line: grants as they are typed, and what is declared or granted in words. */
import { Capabilities, PaddockError } from '@paddock/contracts';
import { CliError } from './errors.js';

/** `http=api.example.com, kv, secrets=TOKEN`: each piece is what `--grant` takes. */
export const describeCapabilities = (capabilities: Capabilities): string => capabilityList(capabilities).join(', ');

export function capabilityList({ http = [], kv = false, blobs = false, secrets = [] }: Capabilities): string[] {
  return [
    ...http.map((host) => `http=${host}`),
    ...(kv ? ['kv'] : []),
    ...(blobs ? ['blobs'] : []),
    ...secrets.map((name) => `secrets=${name}`),
  ];
}

/** @throws CliError `usage`; PaddockError `invalid_request` when a host or a secret’s name is not well-formed */
export function parseGrants(texts: readonly string[]): Capabilities {
  const grants = { http: new Set<string>(), kv: false, blobs: false, secrets: new Set<string>() };
  for (const text of texts) {
    const [, kind, value] = /^(http|secrets)=(.+)$/.exec(text) ?? [];
    if (text === 'kv' || text === 'blobs') grants[text] = true;
    else if (kind === undefined || value === undefined)
      throw new CliError('usage', `--grant takes http=<host>, kv, blobs or secrets=<NAME>, not “${text}”.`);
    else for (const part of value.split(',')) grants[kind as 'http' | 'secrets'].add(part);
  }
  const parsed = Capabilities.safeParse({
    ...(grants.http.size > 0 ? { http: [...grants.http] } : {}),
    ...(grants.kv ? { kv: true } : {}),
    ...(grants.blobs ? { blobs: true } : {}),
    ...(grants.secrets.size > 0 ? { secrets: [...grants.secrets] } : {}),
  });
  if (parsed.success) return parsed.data;
  throw new PaddockError('invalid_request', undefined, {
    issues: parsed.error.issues.map(({ path, message }) => ({ path: `--grant ${String(path[0] ?? '')}`, message })),
  });
}
