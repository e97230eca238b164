import { expect, test } from 'vitest';
import { inputFor } from './inputFor.js';

test.each([
  ['no properties', { type: 'object' }, {}],
  [
    'what is required',
    {
      type: 'object',
      properties: { a: { type: 'string' }, n: { type: 'integer', minimum: 3 }, free: { type: 'string' } },
      required: ['a', 'n'],
    },
    { a: 'example', n: 3 },
  ],
  [
    'nested things',
    {
      type: 'object',
      properties: {
        kind: { enum: ['csv', 'json'] },
        rows: {
          type: 'array',
          minItems: 1,
          items: { type: 'object', properties: { on: { type: 'boolean' } }, required: ['on'] },
        },
        either: { anyOf: [{ const: 7 }, { type: 'string' }] },
      },
      required: ['kind', 'rows', 'either'],
    },
    { kind: 'csv', rows: [{ on: true }], either: 7 },
  ],
  [
    'a pattern that it can’t guess',
    { type: 'object', properties: { id: { type: 'string', pattern: '^[0-9]{8}$' } }, required: ['id'] },
    undefined,
  ],
  ['no object', { type: 'string' }, undefined],
])('%s', (_what, schema, input) => {
  expect(inputFor(schema)).toEqual(input);
});
