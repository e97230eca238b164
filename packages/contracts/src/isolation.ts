/** How strongly a sandbox is set apart from its host. What each level needs stands in SPECIFICATION.md; a probe finds which a host has. */
import { z } from 'zod';

/** The isolation levels, weakest first. Their names sort as they do, in SQL too. */
export const ISOLATION_LEVELS = ['L1', 'L2', 'L3'] as const;
export const IsolationLevel = z.enum(ISOLATION_LEVELS);
export type IsolationLevel = z.infer<typeof IsolationLevel>;

/** The plan that every tenant has: no run of theirs gets a weaker sandbox than this. */
export const PLAN_MIN_ISOLATION: IsolationLevel = 'L1';

/** The strictest of what a manifest, an install and the plan ask for: nobody can ask for less than another. */
export const strictestIsolation = (...asked: readonly (IsolationLevel | undefined)[]): IsolationLevel =>
  ISOLATION_LEVELS.findLast((level) => level === PLAN_MIN_ISOLATION || asked.includes(level)) ?? PLAN_MIN_ISOLATION;
