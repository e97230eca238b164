import { Stack, Table } from '@mantine/core';
import type { Version } from '@paddock/client';
import { useVersions } from '../../api/versions.js';
import { FindingCounts } from '../../components/Findings.js';
import { Hash } from '../../components/Hash.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';
import { LinkButton } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';

/** What waits for an admin. */
export const Review = () => (
  <Page
    title="Review"
    lead="Versions that were verified and are not published, the oldest first. Open one to read its findings, what is new in it and its files, and decide."
  >
    <Stack gap="xl">
      <Queue
        title="In review"
        lead="The verifier found something that a person has to judge."
        empty="Nothing waits for a review"
        versions={useVersions('review', 'oldest')}
      />
      <Queue
        title="Accepted"
        lead="Nothing grave was found. Their publishers, or you, can publish them."
        empty="No accepted version is unpublished"
        versions={useVersions('accepted', 'oldest')}
      />
    </Stack>
  </Page>
);

const Queue = ({
  title,
  lead,
  empty,
  versions,
}: {
  title: string;
  lead: string;
  empty: string;
  versions: ReturnType<typeof useVersions>;
}) => (
  <Section title={title} lead={lead} flush>
    <PagedItems list={versions} flush empty={{ title: empty }}>
      {(items) => <QueueTable versions={items} />}
    </PagedItems>
  </Section>
);

const QueueTable = ({ versions }: { versions: readonly Version[] }) => (
  <div className="table-scroll">
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Version</Table.Th>
          <Table.Th>Findings</Table.Th>
          <Table.Th>sha256</Table.Th>
          <Table.Th>Verified</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {versions.map((version) => (
          <Table.Tr key={version.id}>
            <Table.Td fw={550}>
              {version.plugin} {version.version}
            </Table.Td>
            <Table.Td>
              <FindingCounts findings={version.findings} />
            </Table.Td>
            <Table.Td>
              <Hash value={version.sha256} label={`sha256 of ${version.plugin} ${version.version}`} short />
            </Table.Td>
            <Table.Td>{version.verifiedAt === null ? '–' : <Time at={version.verifiedAt} />}</Table.Td>
            <Table.Td ta="right">
              <LinkButton
                to={`/versions/${version.id}`}
                size="xs"
                variant="light"
                aria-label={`Decide on ${version.plugin} ${version.version}`}
              >
                Decide
              </LinkButton>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
);
