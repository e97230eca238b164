import { Badge, Box, EmptyState, Group, Table, Text } from '@mantine/core';
import { type Executor, useExecutors } from '../../api/executors.js';
import { Loaded } from '../../components/Loaded.js';
import { Page } from '../../components/Page.js';
import { Section } from '../../components/Section.js';
import { Stats } from '../../components/Stats.js';
import { Time } from '../../components/Time.js';

/** The machines that run plugins, and what a probe inside a real sandbox found on each. */
export const Executors = () => (
  <Page
    title="Executors"
    lead="Each executor starts a probe in a sandbox like any plugin’s and reports which controls hold. One that misses a needed control takes no runs."
  >
    <Loaded query={useExecutors()}>
      {(executors) =>
        executors.length === 0 ? (
          <EmptyState py="xl" title="No executor is registered" description="Runs wait until one is." />
        ) : (
          executors.map((executor) => <ExecutorSection key={executor.id} executor={executor} />)
        )
      }
    </Loaded>
  </Page>
);

function ExecutorSection({
  executor: { hostname, isolationLevel, runtimes, capacity, controls, lastSeenAt },
}: {
  executor: Executor;
}) {
  const held = controls.filter((control) => control.held).length;
  return (
    <Section
      title={hostname}
      flush
      lead={
        <>
          Seen <Time at={lastSeenAt} />
        </>
      }
      actions={
        <Group gap="xs">
          <Badge color="moss" size="lg">
            isolation {isolationLevel}
          </Badge>
        </Group>
      }
    >
      <Box px="lg" pb="md">
        <Stats
          items={[
            ['Runtimes', runtimes.join(', ')],
            ['Runs at once', capacity],
            ['Controls that hold', `${held} of ${controls.length}`],
          ]}
        />
      </Box>
      <div className="table-scroll">
        <Table aria-label={`Isolation controls of ${hostname}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Control</Table.Th>
              <Table.Th>Needed for</Table.Th>
              <Table.Th>Holds</Table.Th>
              <Table.Th>What the probe saw</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {controls.map((control) => (
              <Table.Tr key={`${control.kernel} ${control.name}`}>
                <Table.Td fw={550}>
                  {control.kernel === 'gvisor' ? 'gVisor: ' : ''}
                  {control.name.replaceAll('_', ' ')}
                </Table.Td>
                <Table.Td>{control.neededFor}</Table.Td>
                <Table.Td>
                  <Badge color={control.held ? 'moss' : 'gray'}>{control.held ? 'yes' : 'no'}</Badge>
                </Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed">
                    {control.detail}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  );
}
