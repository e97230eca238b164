import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Whether the content reaches the card's edges, as a table does. */
  flush?: boolean;
  children: ReactNode;
}

/** A card with a heading, which names it for screen readers too. */
export function Section({ title, lead, actions, flush = false, children }: SectionProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} p={flush ? 0 : 'lg'}>
      <Stack gap={flush ? 0 : 'md'}>
        <Group justify="space-between" px={flush ? 'lg' : 0} pt={flush ? 'lg' : 0} pb={flush ? 'sm' : 0}>
          <div>
            <Title order={2} id={id}>
              {title}
            </Title>
            {lead === undefined ? null : (
              <Text c="dimmed" size="sm" mt={2} component="div">
                {lead}
              </Text>
            )}
          </div>
          {actions}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
