import { Box, Code, Group, Stack, Text } from '@mantine/core';
import { SEVERITIES } from '@paddock/contracts';
import type { Finding } from '../api/versions.js';
import { SEVERITY_COLORS, SeverityBadge } from './badges.js';
import { CodeBlock } from './CodeBlock.js';

const weight = ({ severity }: Finding) => SEVERITIES.indexOf(severity);

/** What a verification noticed, the gravest first. */
export const Findings = ({ findings }: { findings: readonly Finding[] }) => (
  <Stack gap="lg" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
    {[...findings]
      .sort((a, b) => weight(b) - weight(a))
      .map((finding) => (
        <li
          key={JSON.stringify(finding)}
          className="finding"
          style={{ borderColor: `var(--mantine-color-${SEVERITY_COLORS[finding.severity]}-6)` }}
        >
          <Group gap="sm">
            <SeverityBadge severity={finding.severity} />
            <Code>{finding.rule}</Code>
            {finding.file === null ? null : (
              <Text size="sm" c="dimmed" className="mono">
                {finding.file}
                {finding.line === null ? '' : `:${finding.line}`}
              </Text>
            )}
          </Group>
          <Text size="sm" mt={6}>
            {finding.message}
          </Text>
          {finding.suggestion === undefined ? null : (
            <Text size="sm" c="dimmed">
              {finding.suggestion}
            </Text>
          )}
          {finding.excerpt === null ? null : (
            <Box mt="xs">
              <CodeBlock text={finding.excerpt} label={`Excerpt of ${finding.file ?? finding.rule}`} />
            </Box>
          )}
        </li>
      ))}
  </Stack>
);

/** How many of each severity: `1 high, 2 low`. */
export function FindingCounts({ findings }: { findings: readonly Finding[] }) {
  const counted = [...SEVERITIES].reverse().flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [{ severity, count }];
  });
  if (counted.length === 0)
    return (
      <Text size="sm" c="dimmed">
        none
      </Text>
    );
  return (
    <Group gap={6}>
      {counted.map(({ severity, count }) => (
        <Text
          key={severity}
          size="sm"
          c={`var(--mantine-color-${SEVERITY_COLORS[severity]}-light-color)`}
          component="span"
        >
          {count} {severity}
        </Text>
      ))}
    </Group>
  );
}
