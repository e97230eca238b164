import { Alert, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import type { Run } from '@paddock/client';
import { ERRORS, isSettled } from '@paddock/contracts';
import { useCancelRun } from '../api/runs.js';
import { useSession } from '../api/session.js';
import { RunStateBadge } from './badges.js';
import { formatBytes, formatMs } from './format.js';
import { LimitList } from './LimitList.js';
import { Working } from './Loaded.js';
import { Problem } from './Problem.js';
import { RunLog } from './RunLog.js';
import { RunOutput } from './RunOutput.js';
import { Stats } from './Stats.js';

/** A run as it stands: state, result or error, log, usage, and the limits that were applied. */
export function RunDetails({ run }: { run: Run }) {
  return (
    <Stack gap="lg">
      <RunStatus run={run} />
      {run.error === null ? null : (
        <Alert color="red" title={ERRORS[run.error.code].title}>
          {run.error.message === ERRORS[run.error.code].title ? null : <Text size="sm">{run.error.message}</Text>}
          <Text size="xs" c="dimmed" mt="xs">
            Code <Code>{run.error.code}</Code>
          </Text>
        </Alert>
      )}
      {run.state === 'succeeded' ? (
        <Stack gap="xs">
          <Title order={3}>Result</Title>
          <RunOutput output={run.output} />
        </Stack>
      ) : null}
      {isSettled(run.state) ? (
        <>
          <Stack gap="xs">
            <Title order={3}>Log</Title>
            <RunLog run={run} />
          </Stack>
          <Stack gap="xs">
            <Title order={3}>Usage</Title>
            {run.usage === null ? (
              <Text size="sm" c="dimmed">
                It used nothing.
              </Text>
            ) : (
              <RunUsage usage={run.usage} />
            )}
          </Stack>
        </>
      ) : null}
      {run.limits === null ? null : (
        <Stack gap="xs">
          <Title order={3}>Limits that were applied</Title>
          <LimitList limits={run.limits} />
        </Stack>
      )}
    </Stack>
  );
}

function RunStatus({ run }: { run: Run }) {
  const { canRun } = useSession();
  const cancel = useCancelRun(run.id);
  const going = !isSettled(run.state);
  return (
    <Stack gap="sm">
      <Group gap="md">
        <Group gap="md" role="status" aria-live="polite">
          <RunStateBadge state={run.state} />
          {going ? (
            <Working>{run.state === 'queued' ? 'Waiting for an executor' : 'Running in its sandbox'}</Working>
          ) : null}
        </Group>
        {going && canRun ? (
          <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel the run
          </Button>
        ) : null}
        {run.isolationLevel === null ? null : (
          <Text size="sm" c="dimmed">
            Isolation level {run.isolationLevel}
          </Text>
        )}
        {run.attempt > 1 ? (
          <Text size="sm" c="dimmed">
            Attempt {run.attempt}
          </Text>
        ) : null}
      </Group>
      <Problem error={cancel.error} />
    </Stack>
  );
}

const RunUsage = ({ usage }: { usage: NonNullable<Run['usage']> }) => (
  <Stats
    items={[
      ['Time', formatMs(usage.wallMs)],
      ['CPU time', formatMs(usage.cpuUs / 1000)],
      ['Peak memory', formatBytes(usage.peakMemoryBytes)],
      ['Memory × time', `${(usage.memoryByteMs / 2 ** 20 / 1000).toFixed(2)} MiB·s`],
      ['Read and written', `${formatBytes(usage.ioReadBytes)}, ${formatBytes(usage.ioWriteBytes)}`],
      ['Output', formatBytes(usage.outputBytes)],
      ['Host calls', String(usage.hostCalls)],
      ['To the host', formatBytes(usage.hostRequestBytes)],
      ['From the host', formatBytes(usage.hostAnswerBytes)],
    ]}
  />
);
