import { Badge } from '@mantine/core';
import type { Install as InstallData } from '@paddock/client';
import { useNavigate, useParams } from 'react-router';
import { useInstall, useRemoveInstall } from '../../api/installs.js';
import { useRuns } from '../../api/runs.js';
import { useSession } from '../../api/session.js';
import { CapabilityList } from '../../components/CapabilityList.js';
import { Confirm } from '../../components/Confirm.js';
import { Loaded } from '../../components/Loaded.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';
import { RouterLink } from '../../components/RouterLink.js';
import { RunTable } from '../../components/RunTable.js';
import { Section } from '../../components/Section.js';
import { CallTool } from './CallTool.js';

export function Install() {
  const { id = '' } = useParams();
  return <Loaded query={useInstall(id)}>{(install) => <InstallPage key={install.id} install={install} />}</Loaded>;
}

function InstallPage({ install }: { install: InstallData }) {
  const { isAdmin, canRun } = useSession();
  const runs = useRuns({ installId: install.id });
  return (
    <Page
      title={install.plugin}
      marks={
        <>
          <Badge color="gray">{install.version}</Badge>
          <Badge color="moss">installed</Badge>
        </>
      }
      lead={
        <>
          {install.isolation === 'run'
            ? 'Each run gets a sandbox of its own.'
            : 'A sandbox is kept warm for this install alone.'}{' '}
          <RouterLink to={`/plugins/${install.plugin}`}>Plugin page</RouterLink>
        </>
      }
      actions={isAdmin ? <RemoveInstall install={install} /> : null}
    >
      {canRun ? <CallTool install={install} /> : null}
      <Section title="Grants">
        <CapabilityList declared={install.declared} granted={install.grants} />
      </Section>
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
