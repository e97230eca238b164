import { Button, Center, Group, Loader, Stack } from '@mantine/core';
import { useCredentials } from '../api/session.js';
import { Problem } from '../components/Problem.js';

/** A key is there from before and the API has not said yet whose it is. */
export function Resume({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  const { signOut } = useCredentials();
  return (
    <Center mih="100vh" p="lg" component="main">
      {error === null ? (
        <Loader role="status" aria-label="Signing in" />
      ) : (
        <Stack maw={460}>
          <Problem error={error} />
          <Group>
            <Button onClick={onRetry}>Try again</Button>
            <Button variant="default" onClick={signOut}>
              Sign out
            </Button>
          </Group>
        </Stack>
      )}
    </Center>
  );
}
