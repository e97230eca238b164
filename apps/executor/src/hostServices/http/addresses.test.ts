import { describe, expect, it } from 'vitest';
import { addressPolicy, parseNetwork } from './addresses.js';

const FORBIDDEN: Record<string, string[]> = {
  'this network': ['0.0.0.0', '0.1.2.3', '::'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd00:ec2::254'],
  'link-local': ['169.254.0.1', '169.254.169.254', '169.254.170.2', 'fe80::1', 'febf::1'],
  'site-local': ['fec0::1'],
  'carrier-grade NAT': ['100.64.0.1', '100.100.100.200', '100.127.255.255'],
  'protocol assignments': ['192.0.0.1', '192.0.0.192', '2001:1::1', '2001:20::1'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  benchmarking: ['198.18.0.1', '198.19.255.255', '2001:2::1'],
  'multicast and broadcast': ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1'],
  reserved: ['240.0.0.1', '254.1.1.1'],
  'cloud metadata at a public address': ['168.63.129.16'],
  'IPv4 in IPv6': ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:0:8.8.8.8', '::8.8.8.8', '::127.0.0.1'],
  NAT64: ['64:ff9b::8.8.8.8', '64:ff9b::7f00:1', '64:ff9b:1::a00:1', '64:ff9b:1:ffff::1'],
  '6to4': ['2002:7f00:1::1', '2002:808:808::1', '192.88.99.1'],
  Teredo: ['2001:0:1::1', '2001::1'],
  'discard-only': ['100::1'],
  'not given out': ['4000::1', '5f00::1', 'e000::1'],
  'no address': ['', 'localhost', '127.0.0.1.nip.io', '999.1.1.1', '1.2.3.4/8'],
};
const PERMITTED = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.215.14',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450::1',
];

describe('addresses that plugins may reach', () => {
  const strict = addressPolicy([]);
  it.each(Object.entries(FORBIDDEN))('are none of %s', (_, addresses) => {
    expect(addresses.filter((address) => strict.permits(address))).toEqual([]);
  });

  it.each(PERMITTED)('include the public %s', (address) => expect(strict.permits(address)).toBe(true));

  it('include those in a network that the operator named, and just those', () => {
    const named = addressPolicy([parseNetwork('10.1.0.0/16'), parseNetwork('fd12::/64')]);
    for (const address of ['10.1.0.1', '10.1.255.255', 'fd12::5']) {
      expect([named.permits(address), named.isNamed(address)]).toEqual([true, true]);
    }
    for (const address of ['10.2.0.1', '127.0.0.1', 'fd13::1', '::ffff:10.1.0.1'])
      expect(named.permits(address)).toBe(false);
    expect([named.permits('8.8.8.8'), named.isNamed('8.8.8.8')]).toEqual([true, false]);
  });

  it('can’t be named by what is no network', () => {
    for (const text of ['10.0.0.0', 'x/8', '10.0.0.0/33']) expect(() => parseNetwork(text)).toThrow();
  });
});
