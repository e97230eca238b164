import { Button, Center, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useCredentials } from '../../api/session.js';
import { Mark } from '../../components/Mark.js';
import { Problem } from '../../components/Problem.js';

/** Takes an API key, and shows nothing else before the API has accepted it. */
export function SignIn() {
  const { signIn } = useCredentials();
  const [apiKey, setApiKey] = useState('');
  const attempt = useMutation({ mutationFn: signIn });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt.mutate(apiKey.trim());
  };
  return (
    <Center mih="100vh" p="lg" component="main">
      <title>Sign in · Paddock</title>
      <Stack gap="xl" w="100%" maw={420}>
        <Stack gap="xs">
          <Mark size={40} />
          <Title order={1}>Paddock</Title>
          <Text c="dimmed">
            Install a stranger’s code, grant it exactly what you choose, and be able to prove afterwards what it did.
          </Text>
        </Stack>
        <Paper component="form" onSubmit={submit} aria-label="Sign in">
          <Stack>
            <PasswordInput
              label="API key"
              description="It stays in this tab, and is forgotten when you close it."
              placeholder="pdk_…"
              value={apiKey}
              onChange={(event) => setApiKey(event.currentTarget.value)}
              autoComplete="off"
              required
              withAsterisk={false}
              data-autofocus
            />
            <Problem error={attempt.error} />
            <Button type="submit" loading={attempt.isPending} disabled={apiKey.trim() === ''}>
              Sign in
            </Button>
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}
