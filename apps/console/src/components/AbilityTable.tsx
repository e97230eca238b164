import { Table, Text } from '@mantine/core';
import type { Abilities } from '@paddock/client';
import { visibleText } from './visibleText.js';

type Row = Abilities['items'][number];

const NAMES: Record<Row['ability'], string> = {
  network: 'Network',
  kv: 'Data kept between runs',
  blobs: 'Files of a run',
  secrets: 'Secrets',
  process: 'Other programs',
  filesystem: 'Files of its sandbox',
  environment: 'Environment',
  eval: 'Code made while it runs',
  native: 'Machine code',
  crypto_mining: 'Mining',
  persistence: 'Settling in',
  obfuscation: 'Hidden code',
};

/** What code can do, side by side with what is declared, was seen and, for an install, is granted. */
export function AbilityTable({ items, withGrants = false }: { items: readonly Row[]; withGrants?: boolean }) {
  if (items.length === 0) return <Text size="sm">It only computes: no ability was found, declared or seen.</Text>;
  return (
    <div className="table-scroll">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Ability</Table.Th>
            <Table.Th>In its code</Table.Th>
            <Table.Th>Declared</Table.Th>
            <Table.Th>Seen when it was tried</Table.Th>
            {withGrants ? <Table.Th>Granted</Table.Th> : null}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(({ ability, detected, declared, observed, granted }) => (
            <Table.Tr key={ability}>
              <Table.Th scope="row">{NAMES[ability]}</Table.Th>
              <Table.Td>
                {detected === null
                  ? 'no'
                  : visibleText(detected.line === null ? detected.file : `${detected.file}:${detected.line}`)}
              </Table.Td>
              <Table.Td>{inWords(declared)}</Table.Td>
              <Table.Td>{inWords(observed)}</Table.Td>
              {withGrants ? <Table.Td>{inWords(granted)}</Table.Td> : null}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const inWords = (particulars: readonly string[] | null): string =>
  particulars === null ? 'no' : particulars.length === 0 ? 'yes' : visibleText(particulars.join(', '));
