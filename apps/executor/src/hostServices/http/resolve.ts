/** From a name to the one address that will be dialled. Only the DNS is asked: neither the hosts file nor search domains. */
import { Resolver } from 'node:dns/promises';
import { PaddockError } from '@paddock/contracts';
import type { AddressPolicy } from './addresses.js';

const QUERY_TIMEOUT_MS = 2000;
const TRIES = 2;
/** There is such a name, or may be, but no record of this type. */
const NO_RECORD = new Set(['ENODATA', 'ENOTFOUND']);

export interface ResolveOptions {
  /** `address` or `address:port`; the system's own unless there are some. */
  dnsServers: readonly string[];
  addresses: AddressPolicy;
}

/**
 * Asks once. All addresses of the answer must be permitted, since an answer that mixes public and private ones means harm.
 *
 * @returns the first IPv4 address, or the first IPv6 address where there is no other
 * @throws PaddockError `http_name_unresolved`, `http_address_forbidden`
 */
export async function resolveOnce(
  hostname: string,
  { dnsServers, addresses }: ResolveOptions,
  signal: AbortSignal,
): Promise<string> {
  const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: TRIES });
  if (dnsServers.length > 0) resolver.setServers(dnsServers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const answers = await Promise.all([
      resolver.resolve4(hostname).catch(noRecord),
      resolver.resolve6(hostname).catch(noRecord),
    ]);
    const found = answers.flat();
    const [first] = found;
    if (first === undefined) throw new PaddockError('http_name_unresolved', `It was ${hostname}.`);
    if (!found.every((address) => addresses.permits(address)))
      throw new PaddockError('http_address_forbidden', `The name was ${hostname}.`);
    return first;
  } catch (cause) {
    if (cause instanceof PaddockError) throw cause;
    throw new PaddockError('http_name_unresolved', `It was ${hostname}.`, { cause });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function noRecord(error: NodeJS.ErrnoException): string[] {
  if (NO_RECORD.has(error.code ?? '')) return [];
  throw error;
}
