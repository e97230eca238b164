import type { Run as RunData } from '@paddock/client';
import { useParams } from 'react-router';
import { useRun } from '../../api/runs.js';
import { useSession } from '../../api/session.js';
import { formatDate } from '../../components/format.js';
import { Hash } from '../../components/Hash.js';
import { Json } from '../../components/Json.js';
import { Loaded } from '../../components/Loaded.js';
import { Page } from '../../components/Page.js';
import { LinkButton, RouterLink } from '../../components/RouterLink.js';
import { RunDetails } from '../../components/RunDetails.js';
import { Section } from '../../components/Section.js';
import { Stats } from '../../components/Stats.js';

export function Run() {
  const { id = '' } = useParams();
  return <Loaded query={useRun(id)}>{(run) => <RunPage run={run} />}</Loaded>;
}

function RunPage({ run }: { run: RunData }) {
  const { canAudit } = useSession();
  return (
    <Page
      title={`Run of ${run.tool}`}
      lead={
        <>
          <RouterLink to={`/installs/${run.installId}`}>
            {run.plugin} {run.version}
          </RouterLink>
          , asked for on {formatDate(run.createdAt)}
        </>
      }
      actions={
        canAudit ? (
          <LinkButton to={`/audit?subjectId=${run.id}`} variant="default">
            Its audit trail
          </LinkButton>
        ) : null
      }
    >
      <Section title="Outcome">
        <RunDetails run={run} />
      </Section>
      <Section title="Input">
        <Json value={run.input} label="Input" />
      </Section>
      <Section title="About this run">
        <Stats
          items={[
            ['Asked for', formatDate(run.createdAt)],
            ['Started', run.startedAt === null ? 'not yet' : formatDate(run.startedAt)],
            ['Ended', run.settledAt === null ? 'not yet' : formatDate(run.settledAt)],
            ['Attempts', run.attempt],
          ]}
        />
        <Hash value={run.id} label="the run’s id" />
      </Section>
    </Page>
  );
}
