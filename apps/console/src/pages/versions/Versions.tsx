import { Select, Table } from '@mantine/core';
import { VERSION_STATES } from '@paddock/contracts';
import { useState } from 'react';
import { useSession } from '../../api/session.js';
import { useVersions, type VersionState } from '../../api/versions.js';
import { VersionStateBadge } from '../../components/badges.js';
import { FindingCounts } from '../../components/Findings.js';
import { formatBytes } from '../../components/format.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';
import { LinkButton, RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';

/** A publisher's versions; for a platform organization, everybody's. */
export function Versions() {
  const { me, isAdmin } = useSession();
  const [state, setState] = useState<VersionState | null>(null);
  const list = useVersions(state ?? undefined);
  const { platform } = me.organization;
  const publish = isAdmin ? <LinkButton to="/publish">Publish a version</LinkButton> : null;
  return (
    <Page
      title={platform ? 'All versions' : 'My versions'}
      lead={
        platform ? 'Every publisher’s versions, newest first.' : 'What your organization has uploaded, newest first.'
      }
      actions={publish}
    >
      <Section
        title="Versions"
        flush
        actions={
          <Select
            aria-label="State"
            placeholder="Every state"
            size="xs"
            clearable
            data={VERSION_STATES.map((each) => ({ value: each, label: each }))}
            value={state}
            onChange={(chosen) => setState(VERSION_STATES.find((each) => each === chosen) ?? null)}
          />
        }
      >
        <PagedItems
          list={list}
          flush
          empty={
            state === null
              ? { title: 'No versions yet', description: 'A version that you upload is listed here.', action: publish }
              : { title: `No version is ${state}` }
          }
        >
          {(versions) => (
            <div className="table-scroll">
              <Table highlightOnHover>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Version</Table.Th>
                    <Table.Th>State</Table.Th>
                    <Table.Th>Findings</Table.Th>
                    <Table.Th ta="right">Size</Table.Th>
                    <Table.Th>Uploaded</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {versions.map((version) => (
                    <Table.Tr key={version.id}>
                      <Table.Td>
                        <RouterLink to={`/versions/${version.id}`} size="sm" fw={550}>
                          {version.plugin} {version.version}
                        </RouterLink>
                      </Table.Td>
                      <Table.Td>
                        <VersionStateBadge state={version.state} />
                      </Table.Td>
                      <Table.Td>
                        {version.verifiedAt === null ? '–' : <FindingCounts findings={version.findings} />}
                      </Table.Td>
                      <Table.Td ta="right">{formatBytes(version.size)}</Table.Td>
                      <Table.Td>
                        <Time at={version.createdAt} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )}
        </PagedItems>
      </Section>
    </Page>
  );
}
