import { Badge, Table } from '@mantine/core';
import { effectiveLimits } from '@paddock/contracts';
import { useParams } from 'react-router';
import { type PluginDetails, usePlugin } from '../../api/plugins.js';
import { useSession } from '../../api/session.js';
import { CapabilityList } from '../../components/CapabilityList.js';
import { DeprecationNotice } from '../../components/DeprecationNotice.js';
import { LimitList } from '../../components/LimitList.js';
import { Loaded } from '../../components/Loaded.js';
import { Page } from '../../components/Page.js';
import { LinkButton, RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';
import { ToolList } from '../../components/ToolList.js';

export function Plugin() {
  const { publisher = '', name = '' } = useParams();
  return <Loaded query={usePlugin(publisher, name)}>{(plugin) => <PluginPage details={plugin} />}</Loaded>;
}

function PluginPage({ details: { plugin, manifest, versions } }: { details: PluginDetails }) {
  const { isAdmin } = useSession();
  const deprecation = versions.find(({ version }) => version === manifest.version)?.deprecation ?? null;
  return (
    <Page
      title={plugin}
      marks={<Badge color="gray">{manifest.version}</Badge>}
      lead={manifest.description}
      actions={isAdmin ? <LinkButton to={`/plugins/${plugin}/install`}>Install…</LinkButton> : null}
    >
      {deprecation === null ? null : <DeprecationNotice deprecation={deprecation} />}
      <Section title="What it asks for" lead="You decide on each of these when you install it.">
        <CapabilityList declared={manifest.capabilities} />
      </Section>
      <Section title="Tools">
        <ToolList tools={manifest.tools} />
      </Section>
      <Section
        title="Limits of a run"
        lead={`It runs in a ${manifest.runtime} sandbox of isolation level ${manifest.minIsolation} or stronger.`}
      >
        <LimitList limits={effectiveLimits(manifest.limits, {})} />
      </Section>
      <Section title="Versions" flush>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Version</Table.Th>
              <Table.Th>Published</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((version) => (
              <Table.Tr key={version.id}>
                <Table.Td>
                  <RouterLink to={`/versions/${version.id}`} size="sm">
                    {version.version}
                  </RouterLink>{' '}
                  {version.deprecation === null ? null : <Badge color="yellow">deprecated</Badge>}
                </Table.Td>
                <Table.Td>
                  <Time at={version.publishedAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Section>
    </Page>
  );
}
