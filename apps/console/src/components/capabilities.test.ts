import { expect, it } from 'vitest';
import { capabilityItems, grantsOf } from './capabilities.js';

const declared = { http: ['a.example.com', 'b.example.com'], kv: true, blobs: true, secrets: ['TOKEN'] };

it('lists each capability by itself', () => {
  expect(capabilityItems(declared).map(({ id }) => id)).toEqual([
    'http:a.example.com',
    'http:b.example.com',
    'kv',
    'blobs',
    'secrets:TOKEN',
  ]);
  expect(capabilityItems({})).toEqual([]);
});

it('grants what was chosen and nothing else', () => {
  const items = capabilityItems(declared);
  expect(grantsOf(items)).toEqual(declared);
  expect(grantsOf(items.filter(({ id }) => id === 'http:b.example.com'))).toEqual({ http: ['b.example.com'] });
  expect(grantsOf([])).toEqual({});
});
