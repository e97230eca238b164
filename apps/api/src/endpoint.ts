/**
 * What an endpoint is: one declaration, from which come its route, its checks, its place in the OpenAPI document and its
 * types. The order of the checks stands in `serve`, and is the same for all.
 */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Actor, type ErrorCode, isStorableJson, PaddockError, type Role } from '@paddock/contracts';
import type { Principal } from '@paddock/db';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import type { ApiContext } from './context.js';

type Shape = z.ZodType<Record<string, unknown>>;
type Of<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Who may call: anybody with a key of these roles; `platform` also asks that the organization is a platform one. */
export interface Access {
  readonly roles: readonly Role[];
  readonly platform?: boolean;
}

export const EVERY_ROLE = { roles: ['owner', 'admin', 'member', 'auditor'] } as const satisfies Access;
export const MEMBERS = { roles: ['owner', 'admin', 'member'] } as const satisfies Access;
export const ADMINS = { roles: ['owner', 'admin'] } as const satisfies Access;
export const AUDITORS = { roles: ['owner', 'admin', 'auditor'] } as const satisfies Access;
export const PLATFORM_ADMINS = { roles: ['owner', 'admin'], platform: true } as const satisfies Access;

export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly principal: Principal;
  readonly actor: Actor;
  /** The request itself, for headers and for bodies that are streamed. */
  readonly request: Request;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  readonly context: ApiContext;
}

export interface Reply<T> {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: T;
  /** What a `download` answers with, in place of the body. */
  readonly stream?: Readable;
}

export interface Endpoint<
  P extends Shape | undefined = Shape | undefined,
  Q extends Shape | undefined = Shape | undefined,
  B extends z.ZodType | undefined = z.ZodType | undefined,
  R extends z.ZodType | null = z.ZodType | null,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/v1/runs/{id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  readonly headers?: Record<string, string>;
  /** A JSON body; an endpoint that streams its body declares `multipart` and reads `request`. */
  readonly body?: B;
  readonly multipart?: Record<string, { description: string; optional?: true }>;
  /** The usual status first; every status has the same schema. */
  /** The body is bytes, which the endpoint reads from `request`. */
  readonly binary?: true;
  /** The answer is bytes. */
  readonly download?: true;
  readonly statuses: readonly [number, ...number[]];
  readonly response: R;
  readonly errors?: readonly ErrorCode[];
  readonly handle: (call: Call<Of<P>, Of<Q>, Of<B>>) => Promise<Reply<R extends z.ZodType ? z.input<R> : null>>;
}

/** Declares an endpoint. Its module's default export is what `routes.ts` finds. */
export function endpoint<
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | null = null,
>(declaration: Endpoint<P, Q, B, R>): Endpoint {
  // The handler's parameter is checked against the schemas here; behind this line every endpoint is served alike.
  return declaration as unknown as Endpoint;
}

const readJson = express.json({ limit: '1mb', strict: true, type: 'application/json' });

/** The request handlers of an endpoint: who is it, may they, is it well-formed, then the work. */
export function serve(declaration: Endpoint, context: ApiContext): RequestHandler[] {
  const { access, params, query, body, statuses, handle } = declaration;
  const call: RequestHandler = async (request, response) => {
    const principal = response.locals['principal'] as Principal;
    const reply = await handle({
      params: parse(params, request.params, 'params'),
      query: parse(query, request.query, 'query'),
      body: parse(body, request.body, 'body'),
      principal,
      actor: { type: 'api_key', id: principal.apiKey.id },
      request,
      signal: closedSignal(response),
      context,
    });
    response.status(reply.status ?? statuses[0]).set(reply.headers ?? {});
    // What breaks off on the way breaks the connection, so that nobody takes a part for the whole.
    if (reply.stream !== undefined) await pipeline(reply.stream, response).catch(() => response.destroy());
    else if (reply.body === null) response.end();
    else response.json(reply.body);
  };
  return [authenticate(context), authorize(access), ...(body === undefined ? [] : [requireJson, readJson]), call];
}

function authenticate({ db }: ApiContext): RequestHandler {
  return async (request, response, next) => {
    const secret = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1];
    const principal = secret === undefined ? null : await db.system.authenticate(secret);
    if (principal === null) throw new PaddockError('not_authenticated');
    response.locals['principal'] = principal;
    next();
  };
}

function authorize({ roles, platform = false }: Access): RequestHandler {
  return (_request, response, next) => {
    const { apiKey, organization } = response.locals['principal'] as Principal;
    if (!roles.includes(apiKey.role) || (platform && !organization.platform)) throw new PaddockError('not_allowed');
    next();
  };
}

const requireJson: RequestHandler = (request, _response, next) => {
  if (request.is('application/json') === false)
    throw new PaddockError('unsupported_media_type', 'Send application/json.');
  next();
};

function parse(schema: z.ZodType | undefined, value: unknown, where: string): never {
  if (schema === undefined) return undefined as never;
  const result = schema.safeParse(value ?? {});
  if (!result.success) {
    // An id that can't be one is an id that isn't there: the answer is the same for both.
    if (where === 'params') throw new PaddockError('not_found');
    const issues = result.error.issues
      .slice(0, 20)
      .map((issue) => ({ path: `/${[where, ...issue.path].join('/')}`, message: issue.message }));
    throw new PaddockError('invalid_request', undefined, { issues });
  }
  // The database takes neither in any text, so no endpoint's schema need say so.
  if (where !== 'params' && !isStorableJson(result.data))
    throw new PaddockError('invalid_request', 'It holds a NUL character or half a surrogate pair.');
  return result.data as never;
}

/** Without a reason, `abort` makes an error with its stack, each time. */
const CALLER_GONE = new Error('the caller is gone');

function closedSignal(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort(CALLER_GONE));
  return controller.signal;
}
