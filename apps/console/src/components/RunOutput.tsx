import { Stack, Tabs, Text } from '@mantine/core';
import { CodeBlock } from './CodeBlock.js';
import { Json } from './Json.js';

/**
 * A tool's result. It comes from code that nobody trusts: JSON and markup are shown as text, and the preview stands in a
 * frame without scripts, forms, links to elsewhere or an origin; what it inherits of our content security policy keeps it
 * from loading anything.
 */
export function RunOutput({ output }: { output: unknown }) {
  const html = htmlOf(output);
  if (html === null) return <Json value={output} label="Result" />;
  return (
    <Tabs defaultValue="json" keepMounted={false}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="json">JSON</Tabs.Tab>
        <Tabs.Tab value="source">HTML as text</Tabs.Tab>
        <Tabs.Tab value="preview">Preview</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="json">
        <Json value={output} label="Result" />
      </Tabs.Panel>
      <Tabs.Panel value="source">
        <CodeBlock text={html} label="HTML as text" />
      </Tabs.Panel>
      <Tabs.Panel value="preview">
        <Stack gap="xs">
          <iframe
            className="preview-frame"
            title="Preview of the HTML, without scripts"
            sandbox=""
            srcDoc={html}
            referrerPolicy="no-referrer"
          />
          <Text size="xs" c="dimmed">
            Shown without scripts, and without anything from elsewhere.
          </Text>
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
}

function htmlOf(output: unknown): string | null {
  if (typeof output !== 'object' || output === null || !('html' in output)) return null;
  return typeof output.html === 'string' ? output.html : null;
}
