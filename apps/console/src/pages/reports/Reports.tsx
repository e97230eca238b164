import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import { type AbuseReport, useReports, useResolveReport } from '../../api/reports.js';
import { useSession } from '../../api/session.js';
import { formatState } from '../../components/format.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';
import { ReasonDialog } from '../../components/ReasonDialog.js';
import { RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';
import { visibleText } from '../../components/visibleText.js';

/** What tenants reported: an admin's list to work through, or a tenant's own. */
export function Reports() {
  const { me } = useSession();
  const { platform } = me.organization;
  return (
    <Page
      title={platform ? 'Reports' : 'My reports'}
      lead={
        platform
          ? 'What tenants say of versions, the oldest first. Their publishers see none of it.'
          : 'What you reported to the admins. To report a version, open it.'
      }
    >
      <Stack gap="xl">
        <List title="Open" list={useReports(true)} />
        <List title="Resolved" list={useReports(false)} />
      </Stack>
    </Page>
  );
}

const List = ({ title, list }: { title: string; list: ReturnType<typeof useReports> }) => (
  <Section title={title}>
    <PagedItems list={list} empty={{ title: title === 'Open' ? 'No report is open' : 'None was resolved yet' }}>
      {(items) => (
        <Stack>
          {items.map((report) => (
            <Report key={report.id} report={report} />
          ))}
        </Stack>
      )}
    </PagedItems>
  </Section>
);

function Report({ report }: { report: AbuseReport }) {
  const { id, organization, versionId, plugin, version, category, text, createdAt, resolution } = report;
  const { me } = useSession();
  const resolve = useResolveReport(id);
  return (
    <Paper component="article" p="md" withBorder aria-label={`Report of ${plugin} ${version}`}>
      <Group gap="sm" mb="xs">
        <RouterLink to={`/versions/${versionId}`} fw={550}>
          {plugin} {version}
        </RouterLink>
        <Badge color="orange">{formatState(category)}</Badge>
        <Text size="sm" c="dimmed">
          by {organization.slug}, <Time at={createdAt} />
        </Text>
      </Group>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {visibleText(text)}
      </Text>
      {resolution === null ? null : (
        <Text size="sm" mt="xs">
          Resolved: {visibleText(resolution)}
        </Text>
      )}
      {me.platformAdmin && resolution === null ? (
        <Group mt="sm">
          <ReasonDialog
            label="Resolve…"
            question="Resolve this report?"
            consequence="Whoever reported it reads what came of it."
            field="What came of it"
            action="Resolve"
            color="moss"
            mutation={resolve}
            buttonProps={{ size: 'xs' }}
          />
        </Group>
      ) : null}
    </Paper>
  );
}
