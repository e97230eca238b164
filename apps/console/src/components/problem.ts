/** Any error as what a person is shown: the sentence, the detail, and the stable code to ask about. */
import { ApiError } from '@paddock/client';
import { ERRORS, type ErrorIssue, PaddockError } from '@paddock/contracts';
import { FolderError } from '../signing/folderError.js';

export interface ShownProblem {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly code?: string | undefined;
  readonly issues: readonly ErrorIssue[];
}

export function problemFrom(error: unknown): ShownProblem {
  if (error instanceof ApiError) {
    const { title, detail, code, issues = [] } = error.problem;
    return { title, detail, code, issues };
  }
  if (error instanceof PaddockError)
    return { title: ERRORS[error.code].title, detail: error.detail, code: error.code, issues: error.issues };
  if (error instanceof FolderError) return { title: error.title, detail: error.detail, issues: [] };
  // `fetch` says no more than that when it gets no answer.
  if (error instanceof TypeError)
    return { title: 'The server can’t be reached.', detail: 'Nothing is lost: try again once it answers.', issues: [] };
  return {
    title: 'Something went wrong in this page.',
    detail: error instanceof Error ? error.message : String(error),
    issues: [],
  };
}
