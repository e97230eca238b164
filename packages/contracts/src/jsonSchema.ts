/**
 * JSON Schema for tools, compiled by Ajv: 2020-12, or the older draft that a schema names for itself. The schemas come from
 * publishers, so a schema is bounded in size and depth, may not refer outside itself, and its patterns run on RE2, whose time
 * is linear in the input.
 */
import type { Ajv as AnyAjv, ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Ajv as Ajv07 } from 'ajv/dist/ajv.js';
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

const OPTIONS = { strict: false, validateFormats: false, addUsedSchema: false, code: { regExp: re2 } } as const;

/** The drafts that are taken, by their `$schema` without a trailing `#`. MCP servers are written in all of these. */
const DRAFTS: Readonly<Record<string, () => AnyAjv>> = {
  'https://json-schema.org/draft/2020-12/schema': once(() => new Ajv2020(OPTIONS)),
  'https://json-schema.org/draft/2019-09/schema': once(() => new Ajv2019(OPTIONS)),
  'http://json-schema.org/draft-07/schema': once(() => new Ajv07(OPTIONS)),
};
const DEFAULT_DRAFT = 'https://json-schema.org/draft/2020-12/schema';

/** Each knows its whole meta-schema, which is worth making only when it is asked for. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

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
  const draft = draftOf(schema);
  refuseUnsafe(schema, 0, draft);
  const ajv = (DRAFTS[draft] ?? refusedDraft)();
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

function draftOf(schema: unknown): string {
  const named = typeof schema === 'object' && schema !== null && '$schema' in schema ? schema.$schema : DEFAULT_DRAFT;
  const draft = typeof named === 'string' ? named.replace(/#$/, '') : '';
  return Object.hasOwn(DRAFTS, draft) ? draft : refusedDraft();
}

function refusedDraft(): never {
  throw new PaddockError('manifest_schema_invalid', 'A schema is JSON Schema 2020-12, 2019-09 or draft-07.');
}

function refuseUnsafe(node: unknown, depth: number, draft: string): void {
  if (depth > MAX_SCHEMA_DEPTH)
    throw new PaddockError('manifest_schema_invalid', `A schema may nest ${MAX_SCHEMA_DEPTH} levels.`);
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (
      ['$ref', '$dynamicRef', '$recursiveRef'].includes(key) &&
      !(typeof value === 'string' && value.startsWith('#'))
    ) {
      throw new PaddockError('manifest_schema_invalid', 'A schema may refer only to its own parts (#…).');
    }
    if (key === '$async')
      throw new PaddockError('manifest_schema_invalid', 'A schema can’t ask for a check that waits.');
    if (key === '$schema' && !(typeof value === 'string' && value.replace(/#$/, '') === draft)) {
      throw new PaddockError(
        'manifest_schema_invalid',
        'A schema is of one draft, $schema says the same in all of it.',
      );
    }
    refuseUnsafe(value, depth + 1, draft);
  }
}
