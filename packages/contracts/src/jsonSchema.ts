/**
 * JSON Schema (2020-12) for tools, compiled by Ajv. The schemas come from publishers, so a schema is bounded in size and
 * depth, may not refer outside itself, and its patterns run on RE2, whose time is linear in the input.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import { type ErrorIssue, PaddockError } from './errors.js';

const MAX_SCHEMA_BYTES = 64 * 1024;
const MAX_SCHEMA_DEPTH = 32;
const MAX_ISSUES = 20;

/** Ajv's contract for a regular expression engine. Ajv keeps one engine object for each `toString()`: that must be the pattern. */
function re2(pattern: string): { test(text: string): boolean; toString(): string } {
  const compiled = RE2JS.compile(pattern);
  return { test: (text) => compiled.matcher(text).find(), toString: () => pattern };
}
re2.code = 're2';

const ajv = new Ajv2020({
  strict: false,
  validateFormats: false,
  addUsedSchema: false,
  code: { regExp: re2 },
});

export type SchemaCheck = (value: unknown) => ErrorIssue[];

/**
 * Compiles a tool's schema into a check that returns where a value fails it; no issues means it fits.
 * `format` is an annotation, as the standard's default vocabulary has it.
 *
 * @throws PaddockError `manifest_schema_invalid` when the schema is too large, too deep, refers outside itself, asks for an
 *   asynchronous check, or is no JSON Schema.
 */
export function compileSchema(schema: unknown): SchemaCheck {
  const text = JSON.stringify(schema);
  if (text === undefined || text.length > MAX_SCHEMA_BYTES) {
    throw new PaddockError('manifest_schema_invalid', `A schema may take up to ${MAX_SCHEMA_BYTES} bytes.`);
  }
  refuseUnsafe(schema, 0);
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(schema as object);
    ajv.removeSchema(schema as object); // The compiled check stands alone; Ajv's cache would grow with every publisher.
  } catch (cause) {
    throw new PaddockError('manifest_schema_invalid', (cause as Error).message.slice(0, 300), { cause });
  }
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? []).slice(0, MAX_ISSUES).map((error) => ({
          path: error.instancePath || '/',
          message: `${error.message ?? 'does not fit'}${extra(error.params)}`,
        }));
}

/** Names the unexpected property, which Ajv's own message leaves out. */
function extra(params: Record<string, unknown>): string {
  const name = params['additionalProperty'] ?? params['unevaluatedProperty'];
  return typeof name === 'string' ? ` (${name.slice(0, 80)})` : '';
}

function refuseUnsafe(node: unknown, depth: number): void {
  if (depth > MAX_SCHEMA_DEPTH)
    throw new PaddockError('manifest_schema_invalid', `A schema may nest ${MAX_SCHEMA_DEPTH} levels.`);
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if ((key === '$ref' || key === '$dynamicRef') && !(typeof value === 'string' && value.startsWith('#'))) {
      throw new PaddockError('manifest_schema_invalid', 'A schema may refer only to its own parts (#…).');
    }
    if (key === '$async' || (key === '$schema' && value !== 'https://json-schema.org/draft/2020-12/schema')) {
      throw new PaddockError(
        'manifest_schema_invalid',
        `A schema is JSON Schema 2020-12; ${key} is not taken with another value.`,
      );
    }
    refuseUnsafe(value, depth + 1);
  }
}
