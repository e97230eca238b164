/** Capabilities in words: what each would let a plugin do. */

import type { Install } from '@paddock/client';
import type { Capabilities } from '@paddock/contracts';

export interface CapabilityItem {
  /** `http:api.example.com`, `kv`, `secrets:TOKEN`. */
  readonly id: string;
  readonly kind: keyof Capabilities;
  readonly value: string | null;
  readonly title: string;
  readonly meaning: string;
}

/** Each thing that is declared, one by one: what a tenant grants or doesn't. */
export function capabilityItems({
  http = [],
  kv = false,
  blobs = false,
  secrets = [],
}: Capabilities): CapabilityItem[] {
  return [
    ...http.map((host) => ({
      ...({ id: `http:${host}`, kind: 'http', value: host } as const),
      title: `Fetch from ${host}`,
      meaning:
        'It can send what you give it there, and read the answers. Paddock fetches for it: it has no network of its own.',
    })),
    ...(kv
      ? [
          {
            id: 'kv',
            kind: 'kv',
            value: null,
            title: 'Keep data between runs',
            meaning: 'A key-value store of this install alone. It can remember what earlier runs were given.',
          } as const,
        ]
      : []),
    ...(blobs
      ? [
          {
            id: 'blobs',
            kind: 'blobs',
            value: null,
            title: 'Read and write files of a run',
            meaning: 'The files that you give to a run, and files of its own that you find on the run afterwards.',
          } as const,
        ]
      : []),
    ...secrets.map((name) => ({
      ...({ id: `secrets:${name}`, kind: 'secrets', value: name } as const),
      title: `Read the secret ${name}`,
      meaning: 'The secret of this install that has this name, and no other.',
    })),
  ];
}

/** The grants that a choice of items stands for. */
export function grantsOf(items: readonly CapabilityItem[]): Install['grants'] {
  const values = (kind: CapabilityItem['kind']) =>
    items.flatMap((item) => (item.kind === kind && item.value !== null ? [item.value] : []));
  const http = values('http');
  const secrets = values('secrets');
  return {
    ...(http.length === 0 ? {} : { http }),
    ...(items.some((item) => item.kind === 'kv') ? { kv: true } : {}),
    ...(items.some((item) => item.kind === 'blobs') ? { blobs: true } : {}),
    ...(secrets.length === 0 ? {} : { secrets }),
  };
}
