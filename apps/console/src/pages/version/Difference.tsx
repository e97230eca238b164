import { Badge, Code, Group, Stack, Table, Text } from '@mantine/core';
import type { Version } from '@paddock/client';
import { useVersionDifference, type VersionDifference } from '../../api/versionReview.js';
import { CodeBlock } from '../../components/CodeBlock.js';
import { formatBytes } from '../../components/format.js';
import { Loaded } from '../../components/Loaded.js';
import { RouterLink } from '../../components/RouterLink.js';
import { Section } from '../../components/Section.js';
import { visibleText } from '../../components/visibleText.js';

type FileChange = VersionDifference['files'][number];

/** What is new in a version, beside the published one before it. Nothing is left out: what is hidden is not judged. */
export function Difference({ version }: { version: Version }) {
  const query = useVersionDifference(version.id);
  return (
    <Section title="What is new" lead="In its manifest and its files, by what its publisher signed.">
      <Loaded query={query}>{(difference) => <Changes difference={difference} />}</Loaded>
    </Section>
  );
}

const Changes = ({ difference: { previous, files, manifest } }: { difference: VersionDifference }) => (
  <Stack gap="lg">
    <Text size="sm">
      {previous === null ? (
        'No version was published before it, so all of it is new.'
      ) : (
        <>
          Beside <RouterLink to={`/versions/${previous.id}`}>{previous.version}</RouterLink>, the published version
          before it: {manifest.length} {manifest.length === 1 ? 'change' : 'changes'} in the manifest, {files.length}{' '}
          {files.length === 1 ? 'file' : 'files'}.
        </>
      )}
    </Text>
    {previous === null ? null : manifest.map((change) => <FieldChange key={change.field} change={change} />)}
    {files.length === 0 ? null : <FileChanges files={files} />}
  </Stack>
);

const FieldChange = ({ change: { field, before, after } }: { change: VersionDifference['manifest'][number] }) => (
  <Stack gap="xs">
    <Group gap="sm">
      <Change before={before} after={after} />
      <Code>{field}</Code>
    </Group>
    <Group align="stretch" grow preventGrowOverflow={false} wrap="wrap">
      {before === null ? null : <CodeBlock text={shown(before)} label={`${field} before`} />}
      {after === null ? null : <CodeBlock text={shown(after)} label={`${field} now`} />}
    </Group>
  </Stack>
);

const shown = (value: unknown): string => visibleText(JSON.stringify(value, null, 2));

const Change = ({ before, after }: { before: unknown; after: unknown }) =>
  before === null ? (
    <Badge color="moss">added</Badge>
  ) : after === null ? (
    <Badge color="red">removed</Badge>
  ) : (
    <Badge color="yellow">changed</Badge>
  );

const FileChanges = ({ files }: { files: readonly FileChange[] }) => (
  <div className="table-scroll">
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>File</Table.Th>
          <Table.Th />
          <Table.Th ta="right">Before</Table.Th>
          <Table.Th ta="right">Now</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {files.map(({ path, before, after }) => (
          <Table.Tr key={path}>
            <Table.Td className="mono">{visibleText(path)}</Table.Td>
            <Table.Td>
              <Change before={before} after={after} />
            </Table.Td>
            <Table.Td ta="right">{before === null ? '–' : formatBytes(before.size)}</Table.Td>
            <Table.Td ta="right">{after === null ? '–' : formatBytes(after.size)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
);
