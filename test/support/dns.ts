/**
 * A DNS server whose answers stand in the names that it is asked for: `v4-7f000001.example.test` is 127.0.0.1, a label
 * `v6-` and 32 digits an IPv6 address, several labels several addresses. What comes after a label `then` is the answer from
 * the second time on; `none` is no such name.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { decode, encode } from 'dns-packet';

export interface TestDns {
  /** `127.0.0.1:port` */
  address: string;
  /** How often a name was asked for, for its IPv4 addresses. */
  asked(name: string): number;
  close(): void;
}

export async function startTestDns(): Promise<TestDns> {
  const socket = createSocket('udp4');
  const counts = new Map<string, number>();
  socket.on('message', (message, { port, address }) => {
    const query = decode(message);
    const question = query.questions?.[0];
    if (question === undefined) return;
    const { name, type } = question;
    const key = `${type} ${name}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const [first = '', second = first] = name.split('.then.');
    const labels = ((counts.get(key) ?? 0) > 1 ? second : first).split('.');
    const v4 = labels.flatMap((label) => /^v4-([0-9a-f]{8})$/.exec(label)?.[1] ?? []);
    const v6 = labels.flatMap((label) => /^v6-([0-9a-f]{32})$/.exec(label)?.[1] ?? []);
    const answers =
      type === 'A'
        ? v4.map((hex) => ({ type: 'A', name, ttl: 0, data: [...Buffer.from(hex, 'hex')].join('.') }) as const)
        : type === 'AAAA'
          ? v6.map((hex) => ({ type: 'AAAA', name, ttl: 0, data: hex.match(/.{4}/g)?.join(':') ?? '' }) as const)
          : [];
    const code = labels.includes('none') ? 3 : 0;
    socket.send(
      encode({ type: 'response', id: query.id ?? 0, flags: 0x8180 | code, questions: [question], answers }),
      port,
      address,
    );
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: (name) => counts.get(`A ${name}`) ?? 0,
    close: () => socket.close(),
  };
}

/** The name that leads to these addresses. */
export function nameOf(id: string, ...addresses: string[]): string {
  return `${addresses.map(labelOf).join('.')}.${id}.example.test`;
}

/** The name that leads to `first` when it is asked for the first time, and to `later` afterwards. */
export function changingName(id: string, first: string, later: string): string {
  return `${labelOf(first)}.then.${labelOf(later)}.${id}.example.test`;
}

function labelOf(address: string): string {
  if (!address.includes(':')) return `v4-${Buffer.from(address.split('.').map(Number)).toString('hex')}`;
  const { hostname } = new URL(`http://[${address}]/`);
  const [head = '', tail = ''] = hostname.slice(1, -1).split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const zeros = Array.from({ length: 8 - groups(head).length - groups(tail).length }, () => '0');
  const all = [...groups(head), ...(hostname.includes('::') ? zeros : []), ...groups(tail)];
  return `v6-${all.map((group) => group.padStart(4, '0')).join('')}`;
}
