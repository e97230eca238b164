import { Table } from '@mantine/core';
import type { Run } from '@paddock/client';
import { RunStateBadge } from './badges.js';
import { formatMs } from './format.js';
import { RouterLink } from './RouterLink.js';
import { Time } from './Time.js';

/** Runs, one a row. */
export const RunTable = ({ runs, withPlugin = true }: { runs: readonly Run[]; withPlugin?: boolean }) => (
  <div className="table-scroll">
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Tool</Table.Th>
          {withPlugin ? <Table.Th>Plugin</Table.Th> : null}
          <Table.Th>State</Table.Th>
          <Table.Th>Asked for</Table.Th>
          <Table.Th ta="right">Time</Table.Th>
          <Table.Th ta="right">CPU time</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {runs.map((run) => (
          <Table.Tr key={run.id}>
            <Table.Td>
              <RouterLink to={`/runs/${run.id}`} size="sm" fw={550}>
                {run.tool}
              </RouterLink>
            </Table.Td>
            {withPlugin ? (
              <Table.Td>
                {run.plugin} {run.version}
              </Table.Td>
            ) : null}
            <Table.Td>
              <RunStateBadge state={run.state} />
            </Table.Td>
            <Table.Td>
              <Time at={run.createdAt} />
            </Table.Td>
            <Table.Td ta="right">{run.usage === null ? '–' : formatMs(run.usage.wallMs)}</Table.Td>
            <Table.Td ta="right">{run.usage === null ? '–' : formatMs(run.usage.cpuUs / 1000)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
);
