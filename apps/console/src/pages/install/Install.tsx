import { Badge } from '@mantine/core';
import type { Install as InstallData } from '@paddock/client';
import { useNavigate, useParams } from 'react-router';
import { useChangeUpgrades, useInstall, useInstallAbilities, useRemoveInstall } from '../../api/installs.js';
import { useRuns } from '../../api/runs.js';
import { useSession } from '../../api/session.js';
import { AbilityTable } from '../../components/AbilityTable.js';
import { VersionStateBadge } from '../../components/badges.js';
import { CapabilityList } from '../../components/CapabilityList.js';
import { Confirm } from '../../components/Confirm.js';
import { DeprecationNotice } from '../../components/DeprecationNotice.js';
import { FlagNotice } from '../../components/FlagNotice.js';
import { Loaded } from '../../components/Loaded.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';
import { Problem } from '../../components/Problem.js';
import { RouterLink } from '../../components/RouterLink.js';
import { RunTable } from '../../components/RunTable.js';
import { Section } from '../../components/Section.js';
import { UPGRADES, UpgradeSelect } from '../../components/UpgradeSelect.js';
import { CallTool } from './CallTool.js';
import { Secrets } from './Secrets.js';

export function Install() {
  const { id = '' } = useParams();
  return <Loaded query={useInstall(id)}>{(install) => <InstallPage key={install.id} install={install} />}</Loaded>;
}

function InstallPage({ install }: { install: InstallData }) {
  const { isAdmin, canRun } = useSession();
  const runs = useRuns({ installId: install.id });
  const abilities = useInstallAbilities(install.id);
  return (
    <Page
      title={install.plugin}
      marks={
        <>
          <Badge color="gray">{install.version}</Badge>
          {install.versionState === 'published' ? (
            <Badge color="moss">installed</Badge>
          ) : (
            <VersionStateBadge state={install.versionState} />
          )}
        </>
      }
      lead={
        <>
          {install.isolation === 'run'
            ? 'Each run gets a sandbox of its own.'
            : 'A sandbox is kept warm for this install alone.'}{' '}
          Its isolation is {install.minIsolation} or stronger. {isAdmin ? null : `${UPGRADES[install.upgradePolicy]}. `}
          <RouterLink to={`/plugins/${install.plugin}`}>Plugin page</RouterLink>{' '}
          <RouterLink to={`/versions/${install.versionId}`}>Version</RouterLink>
        </>
      }
      actions={isAdmin ? <RemoveInstall install={install} /> : null}
    >
      <FlagNotice {...install} />
      {install.deprecation === null ? null : <DeprecationNotice deprecation={install.deprecation} />}
      {canRun && install.versionState !== 'revoked' ? <CallTool install={install} /> : null}
      <Section title="Grants">
        <CapabilityList declared={install.declared} granted={install.grants} />
      </Section>
      <Secrets install={install} />
      <Section
        title="What it can do"
        lead="What its code can do by itself ends at the sandbox; only what is declared and granted goes beyond."
      >
        <Loaded query={abilities}>{({ items }) => <AbilityTable items={items} withGrants />}</Loaded>
      </Section>
      {isAdmin ? (
        <Section title="Upgrades">
          <Upgrades install={install} />
        </Section>
      ) : null}
      <Section title="Runs" flush>
        <PagedItems
          list={runs}
          flush
          empty={{ title: 'No runs yet', description: canRun ? 'Call a tool above.' : undefined }}
        >
          {(items) => <RunTable runs={items} withPlugin={false} />}
        </PagedItems>
      </Section>
    </Page>
  );
}

function Upgrades({ install: { id, upgradePolicy } }: { install: InstallData }) {
  const change = useChangeUpgrades(id);
  return (
    <>
      <UpgradeSelect value={upgradePolicy} onChange={(next) => change.mutate(next)} disabled={change.isPending} />
      <Problem error={change.error} />
    </>
  );
}

function RemoveInstall({ install: { id, plugin } }: { install: InstallData }) {
  const remove = useRemoveInstall(id);
  const navigate = useNavigate();
  return (
    <Confirm
      label="Remove…"
      question={`Remove ${plugin}?`}
      consequence="Its grants end at once. Its runs and its audit trail stay."
      action="Remove the install"
      mutation={remove}
      onDone={() => navigate('/installs')}
    />
  );
}
