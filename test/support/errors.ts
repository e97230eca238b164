/** Errors are told apart by their codes, never by their words. */
import { ApiError } from '@paddock/client';
import { expect } from 'vitest';

/** Expects an answer to be the problem of that code, and returns it. */
export async function expectCode(answer: Promise<unknown>, code: string): Promise<ApiError> {
  const error = await answer.then(
    () => expect.unreachable(`expected ${code}, and it succeeded`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw error;
  expect(error.code, error.message).toBe(code);
  return error;
}
