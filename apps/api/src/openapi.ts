/** The OpenAPI 3.1 document, drawn from the same schemas that the endpoints check with. */
import { ERRORS, type ErrorCode, Problem } from '@paddock/contracts';
import { z } from 'zod';
import type { Endpoint } from './endpoint.js';

type Json = Record<string, unknown>;

export function openApiDocument(endpoints: readonly Endpoint[]): Json {
  const components: Json = {};
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => namedSchema(schema, io, components);
  const paths: Record<string, Json> = {};
  for (const declaration of endpoints) {
    paths[declaration.path] = { ...paths[declaration.path], [declaration.method]: operation(declaration, schemaOf) };
  }
  schemaOf(Problem, 'output');
  return {
    openapi: '3.1.0',
    info: { title: 'Paddock', version: '1', description: 'A marketplace for plugins that nobody has reason to trust.' },
    security: [{ apiKey: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: pdk_…' } },
    },
  };
}

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => Json;

function operation(declaration: Endpoint, schemaOf: SchemaOf): Json {
  const {
    operationId,
    tag,
    summary,
    description,
    params,
    query,
    headers = {},
    body,
    multipart,
    binary,
    download,
    statuses,
    response,
    errors = [],
    access,
  } = declaration;
  const codes: ErrorCode[] = [
    'not_authenticated',
    'not_allowed',
    ...(body || query ? (['invalid_request'] as const) : []),
    ...(params ? (['not_found'] as const) : []),
    ...errors,
  ];
  const success = download
    ? { description: 'Done', content: { 'application/octet-stream': { schema: BYTES } } }
    : response === null
      ? { description: 'Done' }
      : { description: 'Done', content: { 'application/json': { schema: schemaOf(response, 'output') } } };
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    'x-roles': access.platform ? access.roles.map((role) => `platform ${role}`) : access.roles,
    parameters: [
      ...parameters(params, 'path', schemaOf),
      ...parameters(query, 'query', schemaOf),
      ...Object.entries(headers).map(([name, text]) => ({
        name,
        in: 'header',
        description: text,
        schema: { type: 'string' },
      })),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    ...(binary ? { requestBody: { required: true, content: { 'application/octet-stream': { schema: BYTES } } } } : {}),
    ...(multipart === undefined
      ? {}
      : {
          requestBody: { required: true, content: { 'multipart/form-data': { schema: multipartSchema(multipart) } } },
        }),
    responses: { ...Object.fromEntries(statuses.map((status) => [status, success])), ...problems(codes) },
  };
}

const BYTES: Json = { type: 'string', format: 'binary' };

const multipartSchema = (parts: NonNullable<Endpoint['multipart']>): Json => ({
  type: 'object',
  required: Object.keys(parts).filter((name) => parts[name]?.optional !== true),
  properties: Object.fromEntries(
    Object.entries(parts).map(([name, { description }]) => [name, { type: 'string', format: 'binary', description }]),
  ),
});

function parameters(shape: z.ZodType | undefined, where: 'path' | 'query', schemaOf: SchemaOf): Json[] {
  if (shape === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema,
  }));
}

/** One response a status, naming each code that it can carry. */
function problems(codes: readonly ErrorCode[]): Json {
  const byStatus = groupByStatus(codes);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, each]) => [
      status,
      { description: each.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('\n\n'), content },
    ]),
  );
}

/** A schema as JSON Schema; those with an id become components, and are referred to. */
function namedSchema(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const {
    $schema: _,
    $defs = {},
    ...root
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Record<string, Json> };
  for (const [name, definition] of Object.entries($defs)) components[name] = withoutId(pointToComponents(definition));
  const id = schema.meta()?.id;
  // A schema with an id comes either whole or as a reference to its own definition.
  if (id === undefined || '$ref' in root) return pointToComponents(root);
  components[id] = withoutId(pointToComponents(root));
  return { $ref: `#/components/schemas/${id}` };
}

const withoutId = (schema: Json): Json => Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'id'));

function pointToComponents<T>(node: T): T {
  if (Array.isArray(node)) return node.map(pointToComponents) as T;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : pointToComponents(value),
    ]),
  ) as T;
}

function groupByStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes))
    groups.set(ERRORS[code].status, [...(groups.get(ERRORS[code].status) ?? []), code]);
  return groups;
}
