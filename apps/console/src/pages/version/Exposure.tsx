import { Badge, Group, Paper, Stack, Text } from '@mantine/core';
import type { Version } from '@paddock/client';
import { useSession } from '../../api/session.js';
import { type ExposedInstall, useExposure } from '../../api/versionLife.js';
import { CapabilityList } from '../../components/CapabilityList.js';
import { PagedItems } from '../../components/PagedItems.js';
import { RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { Stats } from '../../components/Stats.js';
import { Time } from '../../components/Time.js';

/** What a version could reach, install by install: for whoever has to know once it turns out bad. */
export function Exposure({ version }: { version: Version }) {
  const { me } = useSession();
  const list = useExposure(version.id);
  const everybody = me.organization.platform;
  return (
    <Section
      title="Exposure"
      lead={
        everybody
          ? 'What every tenant’s installs gave this version to reach.'
          : 'What your installs gave this version to reach.'
      }
    >
      <PagedItems
        list={list}
        empty={{ title: everybody ? 'No install ever stood at it' : 'No install of yours ever stood at it' }}
      >
        {(items) => (
          <Stack>
            {items.map((item) => (
              <Exposed key={item.installId} item={item} withTenant={everybody} />
            ))}
          </Stack>
        )}
      </PagedItems>
    </Section>
  );
}

function Exposed({ item, withTenant }: { item: ExposedInstall; withTenant: boolean }) {
  const { installId, organization, runs, secrets, fetched, refused, removedAt, current, grants } = item;
  return (
    <Paper component="article" p="md" withBorder aria-label={`Install of ${organization.slug}`}>
      <Stack gap="sm">
        <Group gap="sm">
          {withTenant ? <Text fw={600}>{organization.slug}</Text> : null}
          {removedAt === null && !withTenant ? (
            <RouterLink to={`/installs/${installId}`} size="sm">
              {installId}
            </RouterLink>
          ) : (
            <Text size="sm" className="mono">
              {installId}
            </Text>
          )}
          {removedAt === null ? null : <Badge color="gray">removed</Badge>}
          {removedAt === null && !current ? <Badge color="gray">at another version now</Badge> : null}
        </Group>
        <Stats
          items={[
            ['Runs', runs.underWay === 0 ? runs.total : `${runs.total}, ${runs.underWay} under way`],
            ['First', runs.firstAt === null ? 'never' : <Time key="first" at={runs.firstAt} />],
            ['Last', runs.lastAt === null ? 'never' : <Time key="last" at={runs.lastAt} />],
            ['Refused requests', refused],
          ]}
        />
        <Line
          title="Secrets in reach"
          values={secrets.map(({ name, read }) => `${name} (${read === 0 ? 'never read' : `read ${read}×`})`)}
        />
        <Line title="Fetched from" values={fetched.map(({ host, requests }) => `${host} (${requests}×)`)} />
        {withTenant || runs.newest.length === 0 ? null : (
          <Text size="sm">
            Newest run:{' '}
            <RouterLink to={`/runs/${runs.newest[0] ?? ''}`} className="mono">
              {runs.newest[0]}
            </RouterLink>
          </Text>
        )}
        <CapabilityList declared={grants} />
      </Stack>
    </Paper>
  );
}

const Line = ({ title, values }: { title: string; values: readonly string[] }) => (
  <Text size="sm">
    {title}: {values.length === 0 ? 'none' : values.join(', ')}
  </Text>
);
