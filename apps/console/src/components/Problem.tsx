import { Alert, Button, Code, Group, List, Text } from '@mantine/core';
import { useCredentials } from '../api/session.js';
import { problemFrom } from './problem.js';

/** A problem, told to screen readers at once. Nothing is shown for no error. */
export function Problem({ error }: { error: unknown }) {
  const { apiKey, signOut } = useCredentials();
  if (error === null || error === undefined) return null;
  const { title, detail, code, issues } = problemFrom(error);
  return (
    <Alert color="red" role="alert" title={title}>
      {detail === undefined ? null : <Text size="sm">{detail}</Text>}
      {issues.length === 0 ? null : (
        <List size="sm" mt={4}>
          {issues.map((issue) => (
            <List.Item key={`${issue.path} ${issue.message}`}>
              <span className="mono">{issue.path}</span> {issue.message}
            </List.Item>
          ))}
        </List>
      )}
      {code === undefined ? null : (
        <Group gap="md" mt="xs">
          <Text size="xs" c="dimmed">
            Code <Code>{code}</Code>
          </Text>
          {code === 'not_authenticated' && apiKey !== null ? (
            <Button size="compact-xs" variant="light" onClick={signOut}>
              Sign in again
            </Button>
          ) : null}
        </Group>
      )}
    </Alert>
  );
}
