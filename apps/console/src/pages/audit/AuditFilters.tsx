import { Button, Group, Paper, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { AUDIT_EVENTS, AuditEventName } from '@paddock/contracts';
import { type SubmitEvent, useState } from 'react';
import type { AuditFilter } from '../../api/audit.js';
import { useSession } from '../../api/session.js';
import { fromLocalInput, toLocalInput } from './filterParams.js';

interface AuditFiltersProps {
  filter: AuditFilter;
  onApply: (filter: AuditFilter) => void;
}

export function AuditFilters({ filter, onApply }: AuditFiltersProps) {
  const { me } = useSession();
  const [event, setEvent] = useState<string | null>(filter.event ?? null);
  const [organizationId, setOrganizationId] = useState(filter.organizationId ?? '');
  const [subjectId, setSubjectId] = useState(filter.subjectId ?? '');
  const [from, setFrom] = useState(toLocalInput(filter.from));
  const [to, setTo] = useState(toLocalInput(filter.to));
  const submit = (submitted: SubmitEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    const chosen = AuditEventName.safeParse(event);
    const [since, until] = [fromLocalInput(from), fromLocalInput(to)];
    onApply({
      ...(chosen.success ? { event: chosen.data } : {}),
      ...(organizationId.trim() === '' ? {} : { organizationId: organizationId.trim() }),
      ...(subjectId.trim() === '' ? {} : { subjectId: subjectId.trim() }),
      ...(since === undefined ? {} : { from: since }),
      ...(until === undefined ? {} : { to: until }),
    });
  };
  return (
    <Paper component="form" onSubmit={submit} role="search" aria-label="Filter the audit trail">
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2, md: me.platformAdmin ? 3 : 2 }}>
          <Select
            label="Event"
            placeholder="Every event"
            searchable
            clearable
            data={Object.keys(AUDIT_EVENTS)}
            value={event}
            onChange={setEvent}
          />
          {me.platformAdmin ? (
            <TextInput
              label="Organization"
              placeholder="Its id"
              value={organizationId}
              onChange={(change) => setOrganizationId(change.currentTarget.value)}
            />
          ) : null}
          <TextInput
            label="Subject"
            placeholder="Id of a run, version, install, …"
            value={subjectId}
            onChange={(change) => setSubjectId(change.currentTarget.value)}
          />
          <TextInput
            label="From"
            type="datetime-local"
            step={1}
            value={from}
            onChange={(change) => setFrom(change.currentTarget.value)}
          />
          <TextInput
            label="To"
            type="datetime-local"
            step={1}
            value={to}
            onChange={(change) => setTo(change.currentTarget.value)}
          />
        </SimpleGrid>
        <Group>
          <Button type="submit">Filter</Button>
          {Object.keys(filter).length === 0 ? null : (
            <Button variant="subtle" color="gray" onClick={() => onApply({})}>
              Clear
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}
