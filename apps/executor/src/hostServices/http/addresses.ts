/**
 * Which addresses plugins may reach: those of the public internet, and the networks that the operator names. What is not
 * known to be public is forbidden.
 */
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;
export type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** The only part of IPv6 that is given out as global unicast (RFC 4291); all mapped and NAT64 forms lie outside of it. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');
/** Reachable from everywhere by their range, and still nobody's public service. */
const SPECIAL = [
  '168.63.129.16/32', // a cloud's own metadata and control, at a public address
  '192.88.99.0/24', // 6to4 relays (RFC 7526)
  '192.31.196.0/24', // AS112 (RFC 7535)
  '192.175.48.0/24', // AS112 (RFC 7534)
  '2001::/23', // IETF protocols: Teredo, benchmarking, ORCHID
  '2002::/16', // 6to4: an IPv4 address in disguise
  '3fff::/20', // documentation (RFC 9637)
  '5f00::/16', // segment routing (RFC 9602)
].map((text) => ipaddr.parseCIDR(text));

/** @throws Error when it is no network such as 10.1.0.0/16 */
export const parseNetwork = (text: string): Network => ipaddr.parseCIDR(text);

export interface AddressPolicy {
  /** Whether a plugin may reach the address. */
  permits(address: string): boolean;
  /** Whether the address lies in a network that the operator named. */
  isNamed(address: string): boolean;
}

/** @param named networks that plugins may reach although they are not public */
export function addressPolicy(named: readonly Network[]): AddressPolicy {
  const parsed = (address: string): Address | null => (ipaddr.isValid(address) ? ipaddr.parse(address) : null);
  const isNamed = (address: string): boolean => {
    const ip = parsed(address);
    return ip !== null && named.some((network) => lies(ip, network));
  };
  return {
    isNamed,
    permits: (address) => {
      const ip = parsed(address);
      return ip !== null && (isPublic(ip) || isNamed(address));
    },
  };
}

function isPublic(ip: Address): boolean {
  // Private, loopback, link-local, CGNAT, multicast, mapped, NAT64, Teredo, documentation: each is a range of its own.
  if (ip.range() !== 'unicast') return false;
  if (ip.kind() === 'ipv6' && !lies(ip, GLOBAL_IPV6)) return false;
  return !SPECIAL.some((network) => lies(ip, network));
}

const lies = (ip: Address, [base, bits]: Network): boolean =>
  ip.kind() === base.kind() && ip.match(base as never, bits);
