/** An input for a tool whose publisher gives no example: the least that its schema asks for. */
import { compileSchema } from '@paddock/contracts';

const MAX_DEPTH = 8;
const MAX_ITEMS = 16;
const MAX_CHARACTERS = 256;

/** @returns an input that fits the schema, or undefined when none is found. */
export function inputFor(schema: Record<string, unknown>): Record<string, unknown> | undefined {
  const value = valueFor(schema, 0);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return compileSchema(schema)(value).length === 0 ? (value as Record<string, unknown>) : undefined;
}

function valueFor(schema: unknown, depth: number): unknown {
  if (!isObject(schema) || depth > MAX_DEPTH) return null;
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  for (const key of ['examples', 'enum'])
    if (Array.isArray(schema[key]) && schema[key].length > 0) return schema[key][0];
  for (const key of ['anyOf', 'oneOf', 'allOf'])
    if (Array.isArray(schema[key]) && schema['type'] === undefined) return valueFor(schema[key][0], depth + 1);
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'string':
      return 'example'.padEnd(Math.min(numberOf(schema['minLength']) ?? 0, MAX_CHARACTERS), 'x');
    case 'integer':
    case 'number':
      return numberOf(schema['minimum']) ?? numberOf(schema['maximum']) ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array': {
      const count = Math.min(numberOf(schema['minItems']) ?? 0, MAX_ITEMS);
      return Array.from({ length: count }, () => valueFor(schema['items'], depth + 1));
    }
    default: {
      const properties = isObject(schema['properties']) ? schema['properties'] : {};
      const required = Array.isArray(schema['required']) ? schema['required'] : [];
      return Object.fromEntries(required.map((name) => [name, valueFor(properties[String(name)], depth + 1)]));
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
