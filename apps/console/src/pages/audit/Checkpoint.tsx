import { Stack, Text } from '@mantine/core';
import { useAuditCheckpoint } from '../../api/audit.js';
import { CodeBlock } from '../../components/CodeBlock.js';
import { Hash } from '../../components/Hash.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';
import { Stats } from '../../components/Stats.js';
import { Time } from '../../components/Time.js';

/** The newest signed head of the tree: how many events it covers, and their common digest. */
export function Checkpoint() {
  const { data: checkpoint, error } = useAuditCheckpoint();
  return (
    <Section title="Newest checkpoint" lead="Keep one, and you can prove later that nothing before it was changed.">
      <Problem error={error} />
      {checkpoint === null ? <Text size="sm">There is none yet.</Text> : null}
      {checkpoint === null || checkpoint === undefined ? null : (
        <Stack gap="md">
          <Stats
            items={[
              ['Size', checkpoint.size.toLocaleString()],
              ['Signed', <Time key="at" at={checkpoint.at} />],
            ]}
          />
          <Stack gap={2}>
            <Text size="xs" c="dimmed">
              Root
            </Text>
            <Hash value={checkpoint.rootHash} label="the root" />
          </Stack>
          <details className="more">
            <summary>The signed note, and the key to check it with</summary>
            <Stack gap="xs">
              <CodeBlock text={checkpoint.note} label="The signed note" />
              <Hash value={checkpoint.verifierKey} label="the verifier key" />
            </Stack>
          </details>
        </Stack>
      )}
    </Section>
  );
}
