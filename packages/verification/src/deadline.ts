/** Bounds synchronous work that may be made slow on purpose: a parser has its quadratic corners, and no promise can stop it. */
import { createContext, Script } from 'node:vm';

const call = new Script('work()');
const globals = { work: (): void => {} };
/** One for all calls, as making one costs a millisecond. Nothing here waits, so no call finds another's work. */
const context = createContext(globals);

export class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded';
}

/**
 * Runs `work` and gives its result. The vm is only used as a stopwatch: `work` is our own function, of this realm.
 * @param timeoutMs at least 1.
 * @throws DeadlineExceeded when `work` was stopped, and whatever `work` throws.
 */
export function withDeadline<T>(timeoutMs: number, work: () => T): T {
  let result: { value: T } | undefined;
  globals.work = () => {
    result = { value: work() };
  };
  try {
    call.runInContext(context, { timeout: Math.ceil(timeoutMs) });
  } catch (error) {
    // Node's own error is made in the vm's realm, where it is no instance of this realm's Error.
    const stopped =
      typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    throw stopped ? new DeadlineExceeded() : error;
  } finally {
    globals.work = () => {};
  }
  if (result === undefined) throw new Error('The work did not run.');
  return result.value;
}
