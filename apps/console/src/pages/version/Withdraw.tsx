import { Button, Group, TextInput } from '@mantine/core';
import type { Version } from '@paddock/client';
import { useState } from 'react';
import { useSession } from '../../api/session.js';
import { useDeprecate, useRevoke, useUndeprecate, useUnyank, useYank } from '../../api/versionLife.js';
import { Problem } from '../../components/Problem.js';
import { type Act, ReasonDialog } from '../../components/ReasonDialog.js';
import { Section } from '../../components/Section.js';

/** How a published version is taken back, in three strengths: by its publisher or an admin, the last one by an admin alone. */
export function Withdraw({ version }: { version: Version }) {
  const { me, isAdmin } = useSession();
  const isOwn = version.plugin.startsWith(`${me.organization.slug}/`);
  const isOut = version.state === 'published' || version.state === 'yanked';
  if (!isOut || !isAdmin || !(isOwn || me.platformAdmin)) return null;
  return (
    <Section title="Take it back" lead="What is said here is shown to tenants, and stands in the audit trail.">
      <Group>
        {version.deprecation === null ? <Deprecate version={version} /> : <Undeprecate version={version} />}
        {version.state === 'published' ? <Yank version={version} /> : <Unyank version={version} />}
        {me.platformAdmin ? <Revoke version={version} /> : null}
      </Group>
    </Section>
  );
}

function Deprecate({ version: { id, version } }: { version: Version }) {
  const deprecate = useDeprecate(id);
  const [replacement, setReplacement] = useState('');
  const trimmed = replacement.trim();
  const mutation: Act = {
    error: deprecate.error,
    isPending: deprecate.isPending,
    mutate: (message, options) =>
      deprecate.mutate({ message, ...(trimmed === '' ? {} : { replacement: trimmed }) }, options),
  };
  return (
    <ReasonDialog
      label="Deprecate…"
      question={`Deprecate ${version}?`}
      consequence="It goes on as it is. Catalogue and installs show the message."
      field="Message"
      maxLength={500}
      action="Deprecate"
      color="yellow"
      mutation={mutation}
    >
      <TextInput
        label="What to take in its place"
        description="publisher/name or publisher/name@version; may be left empty"
        value={replacement}
        onChange={(event) => setReplacement(event.currentTarget.value)}
      />
    </ReasonDialog>
  );
}

function Undeprecate({ version: { id } }: { version: Version }) {
  const undeprecate = useUndeprecate(id);
  return (
    <>
      <Button variant="default" loading={undeprecate.isPending} onClick={() => undeprecate.mutate()}>
        Deprecate no more
      </Button>
      <Problem error={undeprecate.error} />
    </>
  );
}

const Yank = ({ version: { id, version } }: { version: Version }) => (
  <ReasonDialog
    label="Yank…"
    question={`Yank ${version}?`}
    consequence="It takes no new installs. Those that are there go on."
    action="Yank"
    mutation={useYank(id)}
  />
);

function Unyank({ version: { id } }: { version: Version }) {
  const unyank = useUnyank(id);
  return (
    <>
      <Button variant="default" loading={unyank.isPending} onClick={() => unyank.mutate()}>
        Let it take installs again
      </Button>
      <Problem error={unyank.error} />
    </>
  );
}

const Revoke = ({ version: { id, plugin, version } }: { version: Version }) => (
  <ReasonDialog
    label="Revoke…"
    question={`Revoke ${plugin} ${version}?`}
    consequence="Every sandbox of it is killed at once, its runs end as revoked, and there are no more. This can’t be taken back."
    action="Revoke for good"
    mutation={useRevoke(id)}
    buttonProps={{ variant: 'light', color: 'red' }}
  />
);
