import { Code, EmptyState, Text } from '@mantine/core';
import type { ApiError } from '@paddock/client';
import { ERRORS } from '@paddock/contracts';
import { LinkButton } from '../../components/RouterLink.js';

/** For what isn't there, and for what this key may not see: the two look the same. */
export const NotFound = ({ error }: { error?: ApiError }) => (
  <EmptyState
    role="alert"
    py={64}
    title="Not found"
    description={error === undefined ? 'There is no such page.' : ERRORS.not_found.title}
  >
    <title>Not found · Paddock</title>
    {error === undefined ? null : (
      <Text size="xs" c="dimmed">
        Code <Code>{error.code}</Code>
      </Text>
    )}
    <EmptyState.Actions>
      <LinkButton to="/" variant="default">
        Go to the start
      </LinkButton>
    </EmptyState.Actions>
  </EmptyState>
);
