import { Select, Text } from '@mantine/core';
import { useChangeThreshold } from '../../api/organization.js';
import { useSession } from '../../api/session.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';

/** As many as the registry takes. */
const COUNTS = ['1', '2', '3', '4', '5', '6', '7', '8'];

/** How many of the organization's keys must sign a version. */
export function Threshold() {
  const { me, isAdmin } = useSession();
  const change = useChangeThreshold();
  const { signatureThreshold } = me.organization;
  return (
    <Section
      title="Signatures"
      lead="How many of your valid keys must sign each version from now on; never more than there are."
    >
      {isAdmin ? (
        <Select
          label="Signatures that a version needs"
          data={COUNTS}
          value={String(signatureThreshold)}
          onChange={(count) => change.mutate(Number(count))}
          disabled={change.isPending}
          allowDeselect={false}
          maw={280}
        />
      ) : (
        <Text size="sm">{signatureThreshold}</Text>
      )}
      <Problem error={change.error} />
    </Section>
  );
}
