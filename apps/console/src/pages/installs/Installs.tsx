import { Badge, Table } from '@mantine/core';
import { useInstalls } from '../../api/installs.js';
import { useUsage } from '../../api/usage.js';
import { VersionStateBadge } from '../../components/badges.js';
import { capabilityItems } from '../../components/capabilities.js';
import { formatMs } from '../../components/format.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';
import { LinkButton, RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';
import { Notices } from './Notices.js';

export function Installs() {
  const list = useInstalls();
  const { data: usage } = useUsage();
  return (
    <Page title="Installs" lead="The plugins that your organization uses, and what each has been granted.">
      <Notices />
      <Section title="Your installs" lead="Usage is that of the last 30 days." flush>
        <PagedItems
          list={list}
          flush
          empty={{
            title: 'Nothing is installed',
            description: 'Choose a plugin from the catalogue.',
            action: <LinkButton to="/catalogue">Open the catalogue</LinkButton>,
          }}
        >
          {(installs) => (
            <div className="table-scroll">
              <Table highlightOnHover>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>Plugin</Table.Th>
                    <Table.Th>Granted</Table.Th>
                    <Table.Th>Isolation</Table.Th>
                    <Table.Th ta="right">Runs</Table.Th>
                    <Table.Th ta="right">CPU time</Table.Th>
                    <Table.Th>Since</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {installs.map((install) => {
                    const used = usage?.items.find(({ installId }) => installId === install.id);
                    const asked = capabilityItems(install.declared).length;
                    return (
                      <Table.Tr key={install.id}>
                        <Table.Td>
                          <RouterLink to={`/installs/${install.id}`} size="sm" fw={550}>
                            {install.plugin} {install.version}
                          </RouterLink>{' '}
                          {install.versionState === 'published' ? null : (
                            <VersionStateBadge state={install.versionState} />
                          )}
                          {install.advisories.length + install.laterFindings.length === 0 ? null : (
                            <Badge color="orange">flagged</Badge>
                          )}
                          {install.deprecation === null ? null : <Badge color="yellow">deprecated</Badge>}
                        </Table.Td>
                        <Table.Td>
                          {asked === 0 ? 'asks for nothing' : `${capabilityItems(install.grants).length} of ${asked}`}
                        </Table.Td>
                        <Table.Td>{install.isolation === 'run' ? 'each run' : 'warm'}</Table.Td>
                        <Table.Td ta="right">{used?.runs ?? 0}</Table.Td>
                        <Table.Td ta="right">{formatMs((used?.cpuUs ?? 0) / 1000)}</Table.Td>
                        <Table.Td>
                          <Time at={install.createdAt} />
                        </Table.Td>
                      </Table.Tr>
                    );
                  })}
                </Table.Tbody>
              </Table>
            </div>
          )}
        </PagedItems>
      </Section>
    </Page>
  );
}
