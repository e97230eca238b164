/** The typed HTTP client: every path, parameter and answer as the API's own OpenAPI document has them. */
import type { ErrorCode, Problem } from '@paddock/contracts';
import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.js';

export type PaddockClient = Client<paths>;
type Schemas = components['schemas'];
export type Version = Schemas['Version'];
export type Run = Schemas['Run'];
export type Install = Schemas['Install'];
export type Abilities = Schemas['Abilities'];
export type CatalogueEntry = Schemas['CatalogueEntry'];
export type AuditEvent = Schemas['AuditEvent'];
export type Me = Schemas['Me'];

export interface ClientOptions {
  /** Where the API is, such as `http://127.0.0.1:8080`. */
  url: string;
  /** An API key, `pdk_…`. */
  apiKey: string;
}

/** An answer that was an error. `code` is stable; `problem` is the whole document. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ErrorCode;
  constructor(
    readonly status: number,
    readonly problem: Pick<Problem, 'code' | 'title'> & Partial<Problem>,
  ) {
    super(
      [problem.title, problem.detail, ...(problem.issues ?? []).map((issue) => `${issue.path}: ${issue.message}`)]
        .filter(Boolean)
        .join(' '),
    );
    this.code = problem.code;
  }
}

export function createClient({ url, apiKey }: ClientOptions): PaddockClient {
  return createFetchClient<paths>({ baseUrl: url.replace(/\/$/, ''), headers: { Authorization: `Bearer ${apiKey}` } });
}

/**
 * The data of an answer.
 *
 * @throws ApiError when it was an error, or no answer of the API's.
 */
export async function unwrap<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await answer;
  if (response.ok) return data as T;
  const problem = error as Problem | undefined;
  throw new ApiError(
    response.status,
    problem?.code === undefined ? { code: 'unavailable', title: `The server answered ${response.status}.` } : problem,
  );
}
