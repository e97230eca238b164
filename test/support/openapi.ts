/** What the API says of itself, for tests that must hold for every operation, the ones of tomorrow too. */
import { send } from './http.js';

export interface Operation {
  /** `GET /v1/runs/{id}` */
  name: string;
  method: string;
  path: string;
  /** As `x-roles` has them: `owner`, or `platform owner`. */
  roles: string[];
  pathParameters: string[];
  queryParameters: string[];
  bodyType: string | undefined;
}

interface Declared {
  'x-roles': string[];
  parameters: { name: string; in: string }[];
  requestBody?: { content: Record<string, unknown> };
}

export async function operations(stack: { apiUrl: string }): Promise<Operation[]> {
  const { json } = await send(stack, '/openapi.json');
  const paths = json['paths'] as Record<string, Record<string, Declared>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-roles': roles, parameters, requestBody }]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      roles,
      pathParameters: parameters.filter((each) => each.in === 'path').map((each) => each.name),
      queryParameters: parameters.filter((each) => each.in === 'query').map((each) => each.name),
      bodyType: Object.keys(requestBody?.content ?? {})[0],
    })),
  );
}

/** The path with its parameters filled in. */
export const pathOf = (operation: Pick<Operation, 'path'>, params: Record<string, string> = {}): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `missing-${name}`);
