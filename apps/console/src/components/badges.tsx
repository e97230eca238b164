/** Colours of states, the same everywhere. The words stand beside them: colour says nothing alone. */
import { Badge, type MantineColor } from '@mantine/core';
import type { Version } from '@paddock/client';
import type { RunState } from '../api/runs.js';
import type { Finding, VersionState } from '../api/versions.js';
import { formatState } from './format.js';

const VERSION_COLORS: Record<VersionState, MantineColor> = {
  verifying: 'blue',
  accepted: 'teal',
  review: 'yellow',
  rejected: 'red',
  published: 'moss',
  yanked: 'gray',
  revoked: 'red',
};

const RUN_COLORS: Partial<Record<RunState, MantineColor>> = {
  queued: 'gray',
  running: 'blue',
  succeeded: 'moss',
  cancelled: 'gray',
  refused: 'yellow',
  revoked: 'yellow',
};

export const SEVERITY_COLORS: Record<Finding['severity'], MantineColor> = {
  info: 'gray',
  low: 'blue',
  medium: 'yellow',
  high: 'orange',
  critical: 'red',
};

const VERDICT_COLORS: Record<NonNullable<Version['verdict']>, MantineColor> = {
  accepted: 'teal',
  review: 'yellow',
  rejected: 'red',
};

export const VersionStateBadge = ({ state }: { state: VersionState }) => (
  <Badge color={VERSION_COLORS[state]}>{state === 'review' ? 'in review' : state}</Badge>
);

export const RunStateBadge = ({ state }: { state: RunState }) => (
  <Badge color={RUN_COLORS[state] ?? 'red'}>{formatState(state)}</Badge>
);

export const SeverityBadge = ({ severity }: { severity: Finding['severity'] }) => (
  <Badge color={SEVERITY_COLORS[severity]}>{severity}</Badge>
);

export const VerdictBadge = ({ verdict }: { verdict: NonNullable<Version['verdict']> }) => (
  <Badge color={VERDICT_COLORS[verdict]}>{verdict}</Badge>
);
