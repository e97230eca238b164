import { Group, Select, Stack, Text } from '@mantine/core';
import type { Version } from '@paddock/client';
import { useState } from 'react';
import { useVersionFile, useVersionFiles } from '../../api/versionReview.js';
import { CodeBlock } from '../../components/CodeBlock.js';
import { formatBytes } from '../../components/format.js';
import { Hash } from '../../components/Hash.js';
import { Loaded, Working } from '../../components/Loaded.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';
import { visibleText } from '../../components/visibleText.js';

/** The files of a version, to be read one at a time. What they say is shown as text, and nothing in it invisible. */
export function Files({ version: { id, manifest } }: { version: Version }) {
  const [path, setPath] = useState<string | null>(manifest?.entry ?? null);
  const files = useVersionFiles(id);
  return (
    <Section title="Its files" lead="As they lie in the bundle. Characters that can’t be seen stand as their numbers.">
      <Loaded query={files}>
        {(items) => {
          const chosen = items.find((file) => file.path === path);
          return (
            <Stack>
              <Select
                label="File"
                searchable
                data={items.map((file) => ({ value: file.path, label: visibleText(file.path) }))}
                value={path}
                onChange={setPath}
              />
              {chosen === undefined ? null : (
                <Group gap="lg">
                  <Text size="sm" c="dimmed">
                    {formatBytes(chosen.size)}
                    {chosen.mode === 0o755 ? ', a program' : ''}
                  </Text>
                  <Hash value={chosen.sha256} label={`sha256 of ${chosen.path}`} short />
                </Group>
              )}
              <FileText id={id} path={path} />
            </Stack>
          );
        }}
      </Loaded>
    </Section>
  );
}

function FileText({ id, path }: { id: string; path: string | null }) {
  const { data, error, isFetching } = useVersionFile(id, path);
  if (path === null) return null;
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return isFetching ? <Working>Reading {path}</Working> : null;
  return <CodeBlock text={visibleText(data)} label={`Text of ${path}`} />;
}
