import { Badge, Group, Stack, Text } from '@mantine/core';
import type { Capabilities } from '@paddock/contracts';
import { capabilityItems } from './capabilities.js';

/** What a plugin asks for; with `granted`, also what it was given. */
export function CapabilityList({ declared, granted }: { declared: Capabilities; granted?: Capabilities }) {
  const items = capabilityItems(declared);
  const given = granted === undefined ? null : new Set(capabilityItems(granted).map(({ id }) => id));
  if (items.length === 0)
    return <Text size="sm">Nothing: it computes with what it is given, without network, stored data or secrets.</Text>;
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {items.map(({ id, title, meaning }) => (
        <li key={id}>
          <Group gap="sm">
            <Text size="sm" fw={550}>
              {title}
            </Text>
            {given === null ? null : (
              <Badge color={given.has(id) ? 'moss' : 'gray'}>{given.has(id) ? 'granted' : 'not granted'}</Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {meaning}
          </Text>
        </li>
      ))}
    </Stack>
  );
}
