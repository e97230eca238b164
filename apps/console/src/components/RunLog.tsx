import { Text } from '@mantine/core';
import type { Run } from '@paddock/client';
import { CodeBlock } from './CodeBlock.js';

/** What a plugin logged. Each line is text, whatever stands in it. */
export function RunLog({ run }: { run: Run }) {
  if (run.logs.length === 0)
    return (
      <Text size="sm" c="dimmed">
        The plugin logged nothing.
      </Text>
    );
  const start = Date.parse(run.startedAt ?? run.createdAt);
  const lines = run.logs.map(
    ({ at, level, message }) =>
      `${String(Math.max(0, Date.parse(at) - start)).padStart(6)} ms  ${level.padEnd(7)}  ${message}`,
  );
  return <CodeBlock text={lines.join('\n')} label="Log of the run" />;
}
