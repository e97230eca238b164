/**
 * The life of a version, declared once. The SQL guards in packages/db derive from it.
 *
 *   verifying ──▶ accepted ──▶ published ──▶ yanked ──▶ revoked
 *      │  │                        ▲  └────────────────────▲
 *      │  └─────▶ review ──────────┘ (approved by an admin of another organization)
 *      │            │
 *      └────────────┴───▶ rejected (terminal)
 *
 * An admin can have one that is accepted or in review verified anew: it is `verifying` again. One that is out stays what it is
 * while it is verified anew.
 */
import { z } from 'zod';

export const VERSION_STATES = [
  'verifying',
  'accepted',
  'review',
  'rejected',
  'published',
  'yanked',
  'revoked',
] as const;
export const VersionState = z.enum(VERSION_STATES);
export type VersionState = z.infer<typeof VersionState>;

export const VERSION_TRANSITIONS: Record<VersionState, readonly VersionState[]> = {
  verifying: ['accepted', 'review', 'rejected'],
  accepted: ['published', 'rejected', 'verifying'],
  review: ['published', 'rejected', 'verifying'],
  rejected: [],
  published: ['yanked', 'revoked'],
  yanked: ['revoked', 'published'],
  revoked: [],
};

/** The states from which `to` can be reached: what a compare-and-set update must find. */
export const versionStatesBefore = (to: VersionState): VersionState[] =>
  VERSION_STATES.filter((from) => VERSION_TRANSITIONS[from].includes(to));

/** How often a verification is begun; one that never came to an end is then left to a person. */
export const MAX_VERIFICATION_ATTEMPTS = 3;

/** How often a published version is scanned again by newer rules; one that never came to an end is then left as it is. */
export const MAX_RESCAN_ATTEMPTS = 3;

/** What a verification concludes. */
export const VERDICTS = ['accepted', 'review', 'rejected'] as const;
export const Verdict = z.enum(VERDICTS);
export type Verdict = z.infer<typeof Verdict>;

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

/** One thing that a verification noticed. `rule` is an error code, or the id of a scan rule. */
export const Finding = z.strictObject({
  rule: z.string().max(100),
  severity: Severity,
  message: z.string().max(1000),
  file: z.string().max(255).nullable(),
  /** Counted from 1. */
  line: z.int().min(1).nullable(),
  excerpt: z.string().max(300).nullable(),
  suggestion: z
    .string()
    .max(300)
    .optional()
    .describe('What its publisher can do about it; left out where there is nothing to say'),
});
export type Finding = z.infer<typeof Finding>;
