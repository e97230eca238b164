import { Button, Group, Text, Textarea } from '@mantine/core';
import type { Version } from '@paddock/client';
import { useState } from 'react';
import { useSession } from '../../api/session.js';
import { useDecideVersion } from '../../api/versions.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';

/** What this key may decide: a publisher publishes what was accepted, a platform admin approves or rejects. */
export function Decide({ version }: { version: Version }) {
  const { me, isAdmin } = useSession();
  const isOwn = version.plugin.startsWith(`${me.organization.slug}/`);
  const open = version.state === 'accepted' || version.state === 'review';
  if (!open || !isAdmin) return null;
  if (me.platformAdmin && !isOwn) return <Review version={version} />;
  if (!isOwn) return null;
  return version.state === 'accepted' ? <PublishOwn version={version} /> : <WaitsForReview />;
}

const WaitsForReview = () => (
  <Section title="Waiting for a review">
    <Text size="sm">
      An admin who is not of your organization looks at the findings below and decides. There is nothing for you to do.
    </Text>
  </Section>
);

function PublishOwn({ version }: { version: Version }) {
  const decide = useDecideVersion(version.id);
  return (
    <Section title="Publish it" lead="Every tenant can install it from then on. A published version never changes.">
      <Problem error={decide.error} />
      <Group>
        <Button loading={decide.isPending} onClick={() => decide.mutate({ kind: 'publish', sha256: version.sha256 })}>
          Publish {version.version}
        </Button>
      </Group>
    </Section>
  );
}

function Review({ version }: { version: Version }) {
  const decide = useDecideVersion(version.id);
  const [reason, setReason] = useState('');
  const [needed, setNeeded] = useState(false);
  const trimmed = reason.trim();
  const approve = () =>
    decide.mutate({ kind: 'publish', sha256: version.sha256, ...(trimmed === '' ? {} : { reason: trimmed }) });
  const reject = () => {
    setNeeded(trimmed === '');
    if (trimmed !== '') decide.mutate({ kind: 'reject', reason: trimmed });
  };
  return (
    <Section title="Your decision" lead="It stands in the audit trail with your key and your reason.">
      <Textarea
        label="Reason"
        description="Needed to reject"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={needed && trimmed === '' ? 'Say why it is rejected.' : null}
        autosize
        minRows={2}
        maxLength={2000}
      />
      <Problem error={decide.error} />
      <Group>
        <Button loading={decide.isPending} onClick={approve}>
          {version.state === 'review' ? 'Approve and publish' : 'Publish'}
        </Button>
        <Button variant="light" color="red" loading={decide.isPending} onClick={reject}>
          Reject
        </Button>
      </Group>
    </Section>
  );
}
