import { Badge, Button, Group, List, Text } from '@mantine/core';
import { useReadNotices, useUnreadNotices } from '../../api/notices.js';
import { useSession } from '../../api/session.js';
import { Problem } from '../../components/Problem.js';
import { RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';
import { visibleText } from '../../components/visibleText.js';

const COLORS = { flagged: 'orange', yanked: 'yellow', deprecated: 'yellow', revoked: 'red', upgraded: 'moss' };

/** What became of installed versions, as long as nobody has read it. */
export function Notices() {
  const { canRun } = useSession();
  const { data } = useUnreadNotices();
  const read = useReadNotices();
  const [newest] = data?.items ?? [];
  if (data === undefined || newest === undefined) return null;
  return (
    <Section
      title="Notices"
      actions={
        canRun ? (
          <Button variant="default" size="xs" loading={read.isPending} onClick={() => read.mutate(newest.id)}>
            Mark as read
          </Button>
        ) : null
      }
    >
      <List spacing="xs" listStyleType="none">
        {data.items.map(({ id, kind, plugin, version, installId, reason, at }) => (
          <List.Item key={id}>
            <Group gap="xs">
              <Badge color={COLORS[kind]}>{kind}</Badge>
              <RouterLink to={`/installs/${installId}`} size="sm" fw={550}>
                {plugin} {version}
              </RouterLink>
              <Text size="sm" c="dimmed">
                <Time at={at} />
              </Text>
            </Group>
            {reason === null ? null : <Text size="sm">{visibleText(reason)}</Text>}
          </List.Item>
        ))}
      </List>
      {read.error === null ? null : <Problem error={read.error} />}
    </Section>
  );
}
