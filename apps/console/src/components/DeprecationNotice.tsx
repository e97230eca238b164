import { Alert, Text } from '@mantine/core';
import type { Version } from '@paddock/client';
import { RouterLink } from './RouterLink.js';
import { visibleText } from './visibleText.js';

/** Why nobody should begin with a version any more, and what to take in its place. */
export const DeprecationNotice = ({
  deprecation: { message, replacement, by },
}: {
  deprecation: NonNullable<Version['deprecation']>;
}) => (
  <Alert color="yellow" title={by === 'admin' ? 'Deprecated by an admin' : 'Deprecated by its publisher'}>
    <Text size="sm">{visibleText(message)}</Text>
    {replacement === null ? null : (
      <Text size="sm" mt={4}>
        In its place: <RouterLink to={`/plugins/${replacement.split('@')[0] ?? ''}`}>{replacement}</RouterLink>
      </Text>
    )}
  </Alert>
);
