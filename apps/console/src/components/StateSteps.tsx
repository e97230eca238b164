import { Text } from '@mantine/core';
import type { Version } from '@paddock/client';
import { formatDate } from './format.js';

interface Step {
  label: string;
  note: string;
  reached: boolean;
  tone?: 'bad' | 'wait' | 'busy';
  current: boolean;
}

/** How far a version has come. */
export const StateSteps = ({ version }: { version: Version }) => (
  <ol className="steps" aria-label="How far this version has come">
    {stepsOf(version).map(({ label, note, reached, tone, current }) => (
      <li key={label} data-reached={reached} data-tone={tone} {...(current ? { 'aria-current': 'step' as const } : {})}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      </li>
    ))}
  </ol>
);

function stepsOf({ state, verdict, createdAt, verifiedAt, publishedAt }: Version): Step[] {
  const verified = verifiedAt !== null;
  const tones = { review: { tone: 'wait' }, rejected: { tone: 'bad' } } as const;
  const rejectedByAdmin = state === 'rejected' && verdict !== 'rejected';
  return [
    { label: 'Uploaded', note: formatDate(createdAt), reached: true, current: false },
    {
      label: verified ? 'Verified' : 'Verifying',
      note: verified ? `Verdict: ${verdict ?? 'none'}` : 'Signature, manifest, code, a trial start',
      reached: true,
      current: state === 'verifying',
      ...(verified ? (verdict === null || verdict === 'accepted' ? {} : tones[verdict]) : { tone: 'busy' as const }),
    },
    {
      label: rejectedByAdmin || state === 'rejected' ? 'Rejected' : 'Decided',
      note: decisionNote(state),
      reached: verified && state !== 'accepted',
      current: state === 'accepted' || state === 'review' || state === 'rejected',
      ...(state === 'review' ? tones.review : state === 'rejected' ? tones.rejected : {}),
    },
    {
      label: 'Published',
      note: publishedAt === null ? 'not yet' : formatDate(publishedAt),
      reached: publishedAt !== null,
      current: state === 'published',
    },
  ];
}

function decisionNote(state: Version['state']): string {
  const notes: Partial<Record<Version['state'], string>> = {
    verifying: 'follows the verdict',
    accepted: 'can be published now',
    review: 'waits for an admin',
    rejected: 'it can’t be published',
  };
  return notes[state] ?? 'for publication';
}
