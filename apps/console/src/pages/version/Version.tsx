import { Group, Text } from '@mantine/core';
import type { Version as VersionData } from '@paddock/client';
import { useParams } from 'react-router';
import { useSession } from '../../api/session.js';
import { useVersion } from '../../api/versions.js';
import { VerdictBadge, VersionStateBadge } from '../../components/badges.js';
import { CapabilityList } from '../../components/CapabilityList.js';
import { Findings } from '../../components/Findings.js';
import { formatBytes } from '../../components/format.js';
import { Hash } from '../../components/Hash.js';
import { Loaded, Working } from '../../components/Loaded.js';
import { Page } from '../../components/Page.js';
import { RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { StateSteps } from '../../components/StateSteps.js';
import { Stats } from '../../components/Stats.js';
import { ToolList } from '../../components/ToolList.js';
import { Decide } from './Decide.js';

/** A version: how far it has come, what was found, and what can be decided about it. */
export function Version() {
  const { id = '' } = useParams();
  return <Loaded query={useVersion(id)}>{(version) => <VersionPage key={version.id} version={version} />}</Loaded>;
}

function VersionPage({ version }: { version: VersionData }) {
  const { me } = useSession();
  const { plugin, state, verdict, findings, manifest, sha256, keyId, size } = version;
  return (
    <Page
      title={`${plugin} ${version.version}`}
      marks={<VersionStateBadge state={state} />}
      lead={
        <>
          {manifest?.description}{' '}
          {state === 'published' ? <RouterLink to={`/plugins/${plugin}`}>Plugin page</RouterLink> : null}
        </>
      }
    >
      <Section title="Progress">
        <StateSteps version={version} />
        {state === 'verifying' ? (
          <Working>Verifying: it is unpacked, checked, scanned and started once in a sandbox</Working>
        ) : null}
      </Section>
      {me.platformAdmin ? null : <Decide version={version} />}
      {verdict === null ? null : (
        <Section title="Findings">
          <Group gap="sm" role="status">
            <Text size="sm">Verdict</Text>
            <VerdictBadge verdict={verdict} />
          </Group>
          {findings.length === 0 ? <Text size="sm">Nothing was noticed.</Text> : <Findings findings={findings} />}
        </Section>
      )}
      {/* Whoever judges reads the findings first. */}
      {me.platformAdmin ? <Decide version={version} /> : null}
      {manifest === null ? null : (
        <>
          <Section title="What it asks for">
            <CapabilityList declared={manifest.capabilities} />
          </Section>
          <Section title="Tools">
            <ToolList tools={manifest.tools} />
          </Section>
        </>
      )}
      <Section title="Bundle">
        <Stats
          items={[
            ['Size', formatBytes(size)],
            ['Signed with', <Hash key="key" value={keyId} label="the key’s id" short />],
            ['sha256', <Hash key="sha256" value={sha256} label="the sha256" short />],
          ]}
        />
      </Section>
    </Page>
  );
}
