import { Table } from '@mantine/core';
import type { BundleFile } from '@paddock/contracts';
import { formatBytes } from './format.js';
import { Hash } from './Hash.js';

const SHOWN = 200;

/** The files of a bundle, with size and digest. */
export const FileTable = ({ files }: { files: readonly BundleFile[] }) => (
  <div className="table-scroll">
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>File</Table.Th>
          <Table.Th ta="right">Size</Table.Th>
          <Table.Th>sha256</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.slice(0, SHOWN).map(({ path, size, sha256 }) => (
          <Table.Tr key={path}>
            <Table.Td className="mono">{path}</Table.Td>
            <Table.Td ta="right">{formatBytes(size)}</Table.Td>
            <Table.Td>
              <Hash value={sha256} label={`sha256 of ${path}`} short />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      {files.length > SHOWN ? <Table.Caption>and {files.length - SHOWN} more, all of them signed</Table.Caption> : null}
    </Table>
  </div>
);
