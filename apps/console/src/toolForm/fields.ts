/**
 * Turns a tool's input schema into form fields, and what was typed into an input. It only helps to write an input: whether
 * one fits the schema is decided by the API.
 */

export type FieldKind = 'text' | 'number' | 'boolean' | 'choice' | 'json';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly integer: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  /** For `choice`: each value as JSON, which also tells "1" from 1. */
  readonly choices: readonly string[];
  /** For `text`: a file that fills it is taken as base64, as the schema's contentEncoding asks. */
  readonly base64: boolean;
  /** For `text`: one line is enough. */
  readonly short: boolean;
  /** What the field begins with. */
  readonly initial: FieldValue;
}

/** What a field holds: text as it was typed (JSON for `json` and `choice`), a check mark, or nothing. */
export type FieldValue = string | boolean | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** The schema's keywords that make its properties depend on each other: a form of separate fields can't show them. */
const DEPENDENT = [
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'if',
  '$ref',
  'dependentSchemas',
  'dependentRequired',
  'patternProperties',
];

/** The fields of a schema, or null where only JSON will do. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>): Field[] | null {
  const { properties } = schema;
  if (!isObject(properties) || DEPENDENT.some((keyword) => keyword in schema)) return null;
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).map(([name, property]) =>
    fieldOf(name, isObject(property) ? property : {}, required.includes(name)),
  );
}

function fieldOf(name: string, property: Record<string, unknown>, required: boolean): Field {
  const kind = kindOf(property);
  const { type, title, description, minimum, maximum, maxLength, format } = property;
  const base = { name, kind, required, integer: type === 'integer', base64: property['contentEncoding'] === 'base64' };
  return {
    ...base,
    label: typeof title === 'string' ? title : name,
    description: typeof description === 'string' ? description : undefined,
    min: typeof minimum === 'number' ? minimum : undefined,
    max: typeof maximum === 'number' ? maximum : undefined,
    choices: kind === 'choice' ? choicesOf(property).map((value) => JSON.stringify(value)) : [],
    short: typeof format === 'string' || (typeof maxLength === 'number' && maxLength <= 120),
    initial: shownFor(kind, property['default']),
  };
}

function kindOf(property: Record<string, unknown>): FieldKind {
  if (DEPENDENT.some((keyword) => keyword in property)) return 'json';
  if (choicesOf(property).length > 0) return 'choice';
  switch (property['type']) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'json';
  }
}

function choicesOf(property: Record<string, unknown>): unknown[] {
  if ('const' in property) return [property['const']];
  return Array.isArray(property['enum']) ? property['enum'] : [];
}

/** What a field shows for a value of an input. */
function shownFor(kind: FieldKind, value: unknown): FieldValue {
  if (value === undefined) return kind === 'boolean' ? null : '';
  if (kind === 'boolean') return typeof value === 'boolean' ? value : null;
  if (kind === 'text') return typeof value === 'string' ? value : '';
  if (kind === 'number') return typeof value === 'number' ? String(value) : '';
  return JSON.stringify(value, null, kind === 'json' ? 2 : undefined);
}

export const initialValues = (fields: readonly Field[]): FieldValues =>
  Object.fromEntries(fields.map(({ name, initial }) => [name, initial]));

export type Parsed =
  | { readonly ok: true; readonly input: Record<string, unknown> }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** The input that the values stand for. What is left empty and not required is left out of it. */
export function inputOf(fields: readonly Field[], values: FieldValues): Parsed {
  const input: [string, unknown][] = [];
  const errors: [string, string][] = [];
  for (const field of fields) {
    const value = values[field.name] ?? null;
    const text = typeof value === 'string' ? value : '';
    if (field.kind === 'boolean') {
      if (value !== null || field.required) input.push([field.name, value === true]);
    } else if (field.kind === 'text') {
      if (text !== '' || field.required) input.push([field.name, text]);
    } else if (text.trim() === '') {
      if (field.required) errors.push([field.name, 'This is needed.']);
    } else if (field.kind === 'number') {
      const number = Number(text);
      if (Number.isFinite(number)) input.push([field.name, number]);
      else errors.push([field.name, 'This is not a number.']);
    } else {
      const parsed = parseText(text);
      if (parsed.ok) input.push([field.name, parsed.value]);
      else errors.push([field.name, parsed.message]);
    }
  }
  return errors.length === 0
    ? { ok: true, input: Object.fromEntries(input) }
    : { ok: false, errors: Object.fromEntries(errors) };
}

/** The fields' values for an input, or null when it has something that no field can show. */
export function valuesOf(fields: readonly Field[], input: Readonly<Record<string, unknown>>): FieldValues | null {
  const values = Object.fromEntries(fields.map((field) => [field.name, shownFor(field.kind, input[field.name])]));
  const back = inputOf(fields, values);
  const shown = back.ok ? back.input : {};
  const lost = Object.entries(input).some(([name, value]) => JSON.stringify(shown[name]) !== JSON.stringify(value));
  return lost ? null : values;
}

/** The input that a JSON text stands for. */
export function parseInput(
  text: string,
): { ok: true; input: Record<string, unknown> } | { ok: false; message: string } {
  const parsed = parseText(text);
  if (!parsed.ok) return parsed;
  return isObject(parsed.value)
    ? { ok: true, input: parsed.value }
    : { ok: false, message: 'An input is an object: { … }.' };
}

function parseText(text: string): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: `This is not JSON: ${(error as Error).message}` };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Faults by field, from the API's pointers such as `/body/input/count`; what lies elsewhere is for the whole form. */
export function faultsByField(issues: readonly { path: string; message: string }[]): Record<string, string> {
  const prefix = '/body/input/';
  return Object.fromEntries(
    issues
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ path, message }) => [
        path.slice(prefix.length).split('/')[0]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '',
        message,
      ]),
  );
}
