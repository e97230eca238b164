/** What the command's exit code says. Scripts go by these numbers, so none ever changes its meaning. */
import type { Outcome } from '@paddock/contracts';

export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  notAllowed: 3,
  notFound: 4,
  refused: 5,
  runFailed: 6,
  versionRejected: 7,
  unavailable: 69,
  pending: 75,
} as const;

/** A run's outcome as an exit code. */
export const OUTCOME_EXIT: Record<Outcome, number> = {
  succeeded: EXIT.ok,
  failed: EXIT.runFailed,
  timed_out: 20,
  cancelled: 21,
  out_of_memory: 22,
  cpu_exhausted: 23,
  output_limit: 24,
  protocol_error: 25,
  crashed: 26,
  revoked: 27,
  refused: 28,
};

/** For the help of the program. */
export const EXIT_CODE_HELP = `
Exit codes:
  0   done; a run succeeded, a version was accepted or waits for its review
  1   it failed; audit verify: the trail was tampered with; verify: something does not hold
  2   the command line is wrong; audit verify: the trail is not complete; verify: a part could not be checked
  3   not authenticated, or not allowed
  4   there is no such thing
  5   refused: the input, the manifest, the bundle or the upload
  6   a run failed: the tool answered with an error, or its result does not fit
  7   a version was rejected
  20  timed_out        21  cancelled       22  out_of_memory
  23  cpu_exhausted    24  output_limit    25  protocol_error
  26  crashed          27  revoked         28  refused
  69  the server can't be reached, or can't do it now
  75  not ended within --wait; it goes on`;
