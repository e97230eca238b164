import { Divider, Group, Select, Stack, Text } from '@mantine/core';
import type { Install } from '@paddock/client';
import { useState } from 'react';
import { useInvokeTool, useRun } from '../../api/runs.js';
import { Loaded } from '../../components/Loaded.js';
import { RouterLink } from '../../components/RouterLink.js';
import { RunDetails } from '../../components/RunDetails.js';
import { Section } from '../../components/Section.js';
import { ToolForm } from '../../toolForm/ToolForm.js';

/** Chooses a tool, takes its input, and shows its run below. */
export function CallTool({ install }: { install: Install }) {
  const { tools } = install;
  const [name, setName] = useState(tools[0]?.name);
  const [runId, setRunId] = useState<string | null>(null);
  const invoke = useInvokeTool();
  const tool = tools.find((candidate) => candidate.name === name);
  const choose = (next: string | null) => {
    setName(next ?? name);
    invoke.reset();
    setRunId(null);
  };
  return (
    <Section title="Call a tool">
      {tools.length > 1 ? (
        <Select
          label="Tool"
          data={tools.map((each) => each.name)}
          value={name ?? null}
          onChange={choose}
          allowDeselect={false}
          maw={360}
        />
      ) : null}
      {tool === undefined ? null : (
        <Stack gap="md" key={tool.name}>
          <Text size="sm" c="dimmed">
            {tool.description}
          </Text>
          <ToolForm
            tool={tool}
            busy={invoke.isPending}
            error={invoke.error}
            onCall={(input) =>
              invoke.mutate({ installId: install.id, tool: tool.name, input }, { onSuccess: ({ id }) => setRunId(id) })
            }
          />
        </Stack>
      )}
      {runId === null ? null : <FollowedRun key={runId} id={runId} />}
    </Section>
  );
}

const FollowedRun = ({ id }: { id: string }) => (
  <Stack component="section" aria-label="The run" gap="md">
    <Divider />
    <Loaded query={useRun(id)}>{(run) => <RunDetails run={run} />}</Loaded>
    <Group>
      <RouterLink to={`/runs/${id}`} size="sm">
        Open this run’s page
      </RouterLink>
    </Group>
  </Stack>
);
