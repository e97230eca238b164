/** Answers that are bytes, which the typed client has no words for. */
import type { Problem } from '@paddock/contracts';
import { ApiError, type ClientOptions } from './client.js';

/**
 * What a GET of a path answers, as a stream; it is whole only if the stream ends without an error.
 * @param path of the API, its parts encoded, such as `/v1/versions/<id>/bundle`
 * @throws ApiError
 */
export async function download({ url, apiKey }: ClientOptions, path: string): Promise<ReadableStream<Uint8Array>> {
  const headers = { Authorization: `Bearer ${apiKey}` };
  const { body, status } = await sound(await fetch(`${url.replace(/\/$/, '')}${path}`, { headers }));
  if (body === null) throw new ApiError(status, { code: 'unavailable', title: 'The answer has no body.' });
  return body;
}

/** @throws ApiError when the answer is an error */
export async function sound(response: Response): Promise<Response> {
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const { code = 'unavailable', title = `The server answered ${response.status}.` } = problem;
  throw new ApiError(response.status, { ...problem, code, title });
}
