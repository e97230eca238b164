/** From whatever was thrown to a code, a sentence and an exit code. It prints nothing itself. */

import { ApiError } from '@paddock/client';
import { type ErrorIssue, PaddockError } from '@paddock/contracts';
import { CommanderError } from 'commander';
import { EXIT } from './exitCodes.js';

/** The command's own errors; the platform's codes stand in contracts. */
const OWN_ERRORS = {
  usage: EXIT.usage,
  no_server: EXIT.usage,
  no_api_key: EXIT.notAllowed,
  consent_needed: EXIT.usage,
  consent_refused: EXIT.failure,
  no_answer: EXIT.failure,
  config_unreadable: EXIT.usage,
  file_unreadable: EXIT.refused,
  file_exists: EXIT.refused,
  file_kind: EXIT.refused,
  private_key_in_folder: EXIT.refused,
  bundling_failed: EXIT.refused,
  install_ambiguous: EXIT.refused,
  no_engine: EXIT.unavailable,
  no_runtime_image: EXIT.unavailable,
  npm_failed: EXIT.refused,
  package_unsupported: EXIT.refused,
} as const;
export type CliErrorCode = keyof typeof OWN_ERRORS;

export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly code: CliErrorCode,
    message: string,
    readonly issues: readonly ErrorIssue[] = [],
  ) {
    super(message);
  }
}

export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly issues: readonly ErrorIssue[];
  readonly exitCode: number;
}

/** Null for what is no error: help and version were asked for. */
export function reportOf(error: unknown): ErrorReport | null {
  if (error instanceof CommanderError) return reportOfCommander(error);
  if (error instanceof CliError)
    return { code: error.code, message: error.message, issues: error.issues, exitCode: OWN_ERRORS[error.code] };
  if (error instanceof ApiError) {
    const { title, detail, issues = [] } = error.problem;
    return { code: error.code, message: join(title, detail), issues, exitCode: exitCodeOf(error.status) };
  }
  if (error instanceof PaddockError)
    return { code: error.code, message: error.message, issues: error.issues, exitCode: exitCodeOf(error.status) };
  if (isConnectionFailure(error)) {
    return {
      code: 'unavailable',
      message: `The server can’t be reached: ${reasonOf(error)}.`,
      issues: [],
      exitCode: EXIT.unavailable,
    };
  }
  return {
    code: 'internal',
    message: error instanceof Error ? error.message : String(error),
    issues: [],
    exitCode: EXIT.failure,
  };
}

function exitCodeOf(status: number): number {
  if (status >= 500) return EXIT.unavailable;
  if (status === 401 || status === 403) return EXIT.notAllowed;
  return status === 404 ? EXIT.notFound : EXIT.refused;
}

function reportOfCommander({ code, message, exitCode }: CommanderError): ErrorReport | null {
  if (exitCode === 0) return null;
  // Called without a command, the program shows its help; that is the message.
  if (code === 'commander.help') return { code: 'usage', message: 'Name a command.', issues: [], exitCode: EXIT.usage };
  return {
    code: 'usage',
    message: message.replace(/^error: /, '').replaceAll('\n', ' '),
    issues: [],
    exitCode: EXIT.usage,
  };
}

/** How Node's fetch tells that it got no answer at all. */
const isConnectionFailure = (error: unknown): error is TypeError =>
  error instanceof TypeError && error.message === 'fetch failed';

function reasonOf({ cause }: TypeError): string {
  const { code, message } = (cause ?? {}) as { code?: string; message?: string };
  return code ?? message ?? 'no answer';
}

const join = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(' ');
