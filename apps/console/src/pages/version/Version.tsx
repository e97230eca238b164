import { Group, Text } from '@mantine/core';
import type { Version as VersionData } from '@paddock/client';
import { describeProvenance } from '@paddock/contracts';
import { useParams } from 'react-router';
import { useSession } from '../../api/session.js';
import { useIsReviewLoading } from '../../api/versionReview.js';
import { useVersion, useVersionAbilities } from '../../api/versions.js';
import { AbilityTable } from '../../components/AbilityTable.js';
import { VerdictBadge, VersionStateBadge } from '../../components/badges.js';
import { CapabilityList } from '../../components/CapabilityList.js';
import { Findings } from '../../components/Findings.js';
import { formatBytes } from '../../components/format.js';
import { Hash } from '../../components/Hash.js';
import { Loaded, Working } from '../../components/Loaded.js';
import { Page } from '../../components/Page.js';
import { RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { SignerList } from '../../components/SignerList.js';
import { StateSteps } from '../../components/StateSteps.js';
import { Stats } from '../../components/Stats.js';
import { ToolList } from '../../components/ToolList.js';
import { visibleText } from '../../components/visibleText.js';
import { Decide } from './Decide.js';
import { Difference } from './Difference.js';
import { Exposure } from './Exposure.js';
import { Files } from './Files.js';
import { Notice } from './Notice.js';
import { ReportVersion } from './ReportVersion.js';
import { Thread } from './Thread.js';
import { Withdraw } from './Withdraw.js';

/** A version: how far it has come, what was found, and what can be decided about it. */
export function Version() {
  const { id = '' } = useParams();
  return <Loaded query={useVersion(id)}>{(version) => <VersionPage key={version.id} version={version} />}</Loaded>;
}

function VersionPage({ version }: { version: VersionData }) {
  const { me } = useSession();
  const { plugin, state, verdict, findings, manifest, sha256, signers, provenance, size } = version;
  const isOwn = plugin.startsWith(`${me.organization.slug}/`);
  const isOut = state === 'published' || state === 'yanked' || state === 'revoked';
  // What the verifier could not read to its end is not opened.
  const canRead = manifest !== null && verdict !== 'rejected';
  const canReadFiles = canRead && (isOwn || me.organization.platform);
  const isReviewLoading = useIsReviewLoading(version, canRead, canReadFiles);
  const abilities = useVersionAbilities(canRead ? version.id : undefined);
  return (
    <Page
      title={`${plugin} ${version.version}`}
      marks={<VersionStateBadge state={state} />}
      actions={<ReportVersion version={version} />}
      lead={
        <>
          {manifest?.description}{' '}
          {state === 'published' ? <RouterLink to={`/plugins/${plugin}`}>Plugin page</RouterLink> : null}
        </>
      }
    >
      <Notice version={version} />
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
      {canRead ? <Difference version={version} /> : null}
      {canReadFiles ? <Files version={version} /> : null}
      {/* Whoever judges reads what there is to judge first. */}
      {me.platformAdmin && !isReviewLoading ? <Decide version={version} /> : null}
      {isReviewLoading ? null : <Withdraw version={version} />}
      {isOut ? <Exposure version={version} /> : null}
      {isOwn || me.organization.platform ? <Thread version={version} /> : null}
      {manifest === null ? null : (
        <>
          <Section title="What it asks for">
            <CapabilityList declared={manifest.capabilities} />
          </Section>
          {canRead ? (
            <Section title="What it can do">
              <Loaded query={abilities}>{({ items }) => <AbilityTable items={items} />}</Loaded>
            </Section>
          ) : null}
          <Section title="Tools">
            <ToolList tools={manifest.tools} />
          </Section>
        </>
      )}
      <Section title="Bundle">
        <Stats
          items={[
            ['Size', formatBytes(size)],
            ['Signed with', <SignerList key="signers" signers={signers} />],
            ['sha256', <Hash key="sha256" value={sha256} label="the sha256" short />],
          ]}
        />
        {provenance === null ? null : <Text size="sm">{visibleText(describeProvenance(provenance))}</Text>}
      </Section>
    </Page>
  );
}
