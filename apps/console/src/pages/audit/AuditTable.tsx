import { Anchor, Button, Group, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { AuditEvent } from '@paddock/client';
import { AUDIT_EVENTS } from '@paddock/contracts';
import type { AuditFilter } from '../../api/audit.js';
import { useSession } from '../../api/session.js';
import { formatExact } from '../../components/format.js';
import { Hash } from '../../components/Hash.js';
import { Json } from '../../components/Json.js';
import { Time } from '../../components/Time.js';

interface AuditTableProps {
  events: readonly AuditEvent[];
  onFilter: (part: AuditFilter) => void;
}

/** Events, one a row; a row unfolds into all that was recorded. */
export const AuditTable = ({ events, onFilter }: AuditTableProps) => (
  <div className="table-scroll">
    <Table aria-label="Audit events">
      <Table.Thead>
        <Table.Tr>
          <Table.Th ta="right">No.</Table.Th>
          <Table.Th>Event</Table.Th>
          <Table.Th>Subject</Table.Th>
          <Table.Th>By</Table.Th>
          <Table.Th>When</Table.Th>
          <Table.Th />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {events.map((event) => (
          <EventRows key={event.id} event={event} onFilter={onFilter} />
        ))}
      </Table.Tbody>
    </Table>
  </div>
);

const shortId = (id: string) => (id.length > 16 ? `…${id.slice(-8)}` : id);

function EventRows({
  event: { seq, at, event, subject, actor, organizationId, data, leafHash },
  onFilter,
}: { event: AuditEvent } & Pick<AuditTableProps, 'onFilter'>) {
  const { me } = useSession();
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <>
      <Table.Tr>
        <Table.Td ta="right" c="dimmed" className="mono">
          {seq ?? '–'}
        </Table.Td>
        <Table.Td>
          <Text size="sm" fw={550}>
            {event}
          </Text>
          <Text size="xs" c="dimmed">
            {AUDIT_EVENTS[event]}
          </Text>
        </Table.Td>
        <Table.Td className="no-wrap">
          <Text size="sm" component="span">
            {subject.type.replace('_', ' ')}{' '}
          </Text>
          <Anchor
            component="button"
            type="button"
            size="sm"
            className="mono"
            title={subject.id}
            aria-label={`Only events about ${subject.type} ${subject.id}`}
            onClick={() => onFilter({ subjectId: subject.id })}
          >
            {shortId(subject.id)}
          </Anchor>
        </Table.Td>
        <Table.Td className="no-wrap">
          <Text size="sm">
            {actor.type === 'api_key' ? 'API key' : 'process'}{' '}
            <span className="mono" title={actor.id}>
              {shortId(actor.id)}
            </span>
          </Text>
          {me.platformAdmin && organizationId !== null ? (
            <Anchor
              component="button"
              type="button"
              size="xs"
              title={organizationId}
              onClick={() => onFilter({ organizationId })}
            >
              organization {shortId(organizationId)}
            </Anchor>
          ) : null}
        </Table.Td>
        <Table.Td className="no-wrap">
          <Text size="sm" component="span">
            <Time at={at} />
          </Text>
        </Table.Td>
        <Table.Td ta="right">
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={toggle}
            aria-expanded={opened}
            aria-label={`${opened ? 'Hide' : 'Show'} details of ${event}`}
          >
            {opened ? 'Less' : 'More'}
          </Button>
        </Table.Td>
      </Table.Tr>
      {opened ? (
        <Table.Tr>
          <Table.Td colSpan={6}>
            <Stack gap="xs">
              <Text size="xs" c="dimmed">
                {formatExact(at)} · {subject.type.replace('_', ' ')} <span className="mono">{subject.id}</span>
              </Text>
              <Json value={data} label="What was recorded" />
              <Group gap="xs">
                <Text size="xs" c="dimmed">
                  {leafHash === null ? 'It is not in the tree yet.' : 'Leaf hash'}
                </Text>
                {leafHash === null ? null : <Hash value={leafHash} label="the leaf’s hash" />}
              </Group>
            </Stack>
          </Table.Td>
        </Table.Tr>
      ) : null}
    </>
  );
}
