import { Badge, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { CatalogueEntry } from '@paddock/client';
import { useState } from 'react';
import { Link } from 'react-router';
import { useCatalogue } from '../../api/plugins.js';
import { capabilityItems } from '../../components/capabilities.js';
import { Page } from '../../components/Page.js';
import { PagedItems } from '../../components/PagedItems.js';

export function Catalogue() {
  const [words, setWords] = useState('');
  const [query] = useDebouncedValue(words, 250);
  const list = useCatalogue(query);
  return (
    <Page
      title="Catalogue"
      lead="Every plugin here is signed by its publisher, was verified, and runs in a sandbox with what you grant it."
    >
      <TextInput
        type="search"
        label="Search"
        placeholder="A name or a word of the description"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maw={420}
      />
      <PagedItems
        list={list}
        empty={
          query === ''
            ? { title: 'Nothing is published yet' }
            : { title: 'No plugin matches', description: 'Try another word.' }
        }
      >
        {(plugins) => (
          <SimpleGrid cols={{ base: 1, sm: 2 }} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {plugins.map((plugin) => (
              <li key={plugin.plugin}>
                <PluginCard plugin={plugin} />
              </li>
            ))}
          </SimpleGrid>
        )}
      </PagedItems>
    </Page>
  );
}

function PluginCard({ plugin: { plugin, description, latest, tools, capabilities } }: { plugin: CatalogueEntry }) {
  const asks = capabilityItems(capabilities).length;
  return (
    <Paper component={Link} to={`/plugins/${plugin}`} className="surface card-link">
      <Stack gap="sm" h="100%">
        <Group gap="sm" justify="space-between" wrap="nowrap">
          <Title order={2}>{plugin}</Title>
          <Text size="sm" c="dimmed">
            {latest.version}
          </Text>
        </Group>
        <Text size="sm" flex={1} lineClamp={3}>
          {description}
        </Text>
        <Group gap="xs">
          {latest.deprecation === null ? null : <Badge color="yellow">deprecated</Badge>}
          <Badge color="gray">{tools.length === 1 ? '1 tool' : `${tools.length} tools`}</Badge>
          <Badge color={asks === 0 ? 'moss' : 'yellow'}>{asks === 0 ? 'asks for nothing' : `asks for ${asks}`}</Badge>
        </Group>
      </Stack>
    </Paper>
  );
}
