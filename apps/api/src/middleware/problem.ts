/** Every error's way out: a problem document (RFC 9457) with our code. What is not ours to show goes to the log alone. */
import { ArtifactError } from '@paddock/artifacts';
import { ERRORS, PaddockError, type Problem } from '@paddock/contracts';
import type { Logger } from '@paddock/service';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';

export const routeNotFound: RequestHandler = () => {
  throw new PaddockError('route_not_found');
};

export function answerProblem(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = asPaddockError(thrown);
    if (error.status >= 500) {
      logger.error(
        { err: thrown, requestId: response.locals['requestId'], method: request.method, path: request.path },
        'request failed',
      );
    }
    if (response.headersSent) {
      next(thrown);
      return;
    }
    if (!request.complete) lingerFor(request, response);
    if (error.code === 'not_authenticated') response.setHeader('WWW-Authenticate', 'Bearer');
    response
      .status(error.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(error)));
  };
}

/** For how long what is left of a refused body is read and thrown away, in milliseconds. */
const LINGER_MS = 30_000;

/**
 * A caller that is still sending sees the answer only if its bytes are taken: closing at once would reset the connection
 * and lose it (RFC 9112, section 9.6). Node throws the rest away after the answer; this puts an end to it.
 */
function lingerFor(request: Request, response: Response): void {
  response.once('finish', () => {
    if (request.complete) return;
    const closing = setTimeout(() => request.socket.destroy(), LINGER_MS).unref();
    request.once('close', () => clearTimeout(closing));
  });
}

/** The document. Two errors of one code and detail are the same, byte for byte, whatever they are about. */
export function problemOf(error: PaddockError): Problem {
  return {
    type: `urn:paddock:error:${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    code: error.code,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.issues.length === 0 ? {} : { issues: error.issues.map((issue) => ({ ...issue })) }),
  };
}

/** What a thrown thing is to the caller: our own error, or the one that stands for it. */
export function asPaddockError(thrown: unknown): PaddockError {
  if (thrown instanceof PaddockError) return thrown;
  if (thrown instanceof ArtifactError) {
    const codes = {
      too_large: 'bundle_too_large',
      digest_mismatch: 'statement_digest_mismatch',
      corrupt: 'artifact_corrupt',
      missing: 'artifact_missing',
      digest_malformed: 'internal',
    } as const;
    return new PaddockError(codes[thrown.code], undefined, { cause: thrown });
  }
  // body-parser and express mark what the caller did wrong with a status of the 400s.
  const { status, type } = (thrown ?? {}) as { status?: number; type?: string };
  if (type === 'entity.too.large') return new PaddockError('body_too_large', undefined, { cause: thrown });
  if (status === 415) return new PaddockError('unsupported_media_type', undefined, { cause: thrown });
  if (status !== undefined && status >= 400 && status < 500)
    return new PaddockError('malformed_body', undefined, { cause: thrown });
  return new PaddockError('internal', undefined, { cause: thrown });
}
