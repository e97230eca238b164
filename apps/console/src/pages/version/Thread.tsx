import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import type { Version } from '@paddock/client';
import { useState } from 'react';
import { useSession } from '../../api/session.js';
import { useMessages, usePostMessage, type VersionMessage } from '../../api/versionLife.js';
import { Loaded } from '../../components/Loaded.js';
import { Problem } from '../../components/Problem.js';
import { Section } from '../../components/Section.js';
import { Time } from '../../components/Time.js';
import { visibleText } from '../../components/visibleText.js';

/** What the version's publisher and the admins say to each other of it. */
export function Thread({ version: { id } }: { version: Version }) {
  const { isAdmin } = useSession();
  return (
    <Section title="Messages" lead="Between its publisher and the admins. Nobody else reads them.">
      <Loaded query={useMessages(id)}>
        {(messages) => (
          <Stack component="ol" m={0} p={0} style={{ listStyle: 'none' }} gap="sm" aria-label="Thread">
            {messages.length === 0 ? (
              <Text size="sm" component="li">
                Nothing was said yet.
              </Text>
            ) : (
              messages.map((message) => <Message key={message.id} message={message} />)
            )}
          </Stack>
        )}
      </Loaded>
      {isAdmin ? <NewMessage id={id} /> : null}
    </Section>
  );
}

const Message = ({ message: { side, text, createdAt } }: { message: VersionMessage }) => (
  <Paper component="li" p="sm" withBorder>
    <Group gap="sm" mb={4}>
      <Text size="sm" fw={600}>
        {side === 'admin' ? 'An admin' : 'The publisher'}
      </Text>
      <Text size="xs" c="dimmed">
        <Time at={createdAt} />
      </Text>
    </Group>
    <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {visibleText(text)}
    </Text>
  </Paper>
);

function NewMessage({ id }: { id: string }) {
  const post = usePostMessage(id);
  const [text, setText] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        post.mutate(text.trim(), { onSuccess: () => setText('') });
      }}
    >
      <Stack gap="sm">
        <Textarea
          label="Your message"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={4000}
        />
        <Problem error={post.error} />
        <Group>
          <Button type="submit" variant="light" loading={post.isPending} disabled={text.trim() === ''}>
            Send
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
