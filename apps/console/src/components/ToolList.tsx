import { Accordion, Stack, Text } from '@mantine/core';
import type { Tool } from '../api/installs.js';
import { Json } from './Json.js';

/** Tools, each with its schemas to unfold. */
export const ToolList = ({ tools }: { tools: readonly Tool[] }) => (
  <Accordion variant="contained" multiple order={3}>
    {tools.map(({ name, description, inputSchema, outputSchema }) => (
      <Accordion.Item key={name} value={name}>
        <Accordion.Control>
          <span className="mono">{name}</span>
          <Text size="sm" c="dimmed">
            {description}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            <Text size="sm" fw={550}>
              Input
            </Text>
            <Json value={inputSchema} label={`Input schema of ${name}`} />
            <Text size="sm" fw={550}>
              Output
            </Text>
            {outputSchema === undefined ? (
              <Text size="sm">Any JSON: the tool declares no output schema.</Text>
            ) : (
              <Json value={outputSchema} label={`Output schema of ${name}`} />
            )}
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    ))}
  </Accordion>
);
