import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  /** Beside the title: badges. */
  marks?: ReactNode;
  lead?: ReactNode;
  /** On the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** What every page begins with: its name for the window, its heading, a sentence. */
export const Page = ({ title, marks, lead, actions, children }: PageProps) => (
  <Stack gap="xl" maw={1040} mx="auto">
    <title>{`${title} · Paddock`}</title>
    <Group justify="space-between" align="flex-start" gap="md">
      <Stack gap={4} flex="1 1 20rem">
        <Group gap="sm">
          <Title order={1}>{title}</Title>
          {marks}
        </Group>
        {lead === undefined ? null : (
          <Text c="dimmed" maw="68ch" component="div">
            {lead}
          </Text>
        )}
      </Stack>
      {actions === undefined ? null : <Group gap="sm">{actions}</Group>}
    </Group>
    {children}
  </Stack>
);
