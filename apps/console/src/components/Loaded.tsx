import { Group, Loader, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { ApiError } from '@paddock/client';
import type { ReactNode } from 'react';
import { NotFound } from '../pages/not-found/NotFound.js';
import { Problem } from './Problem.js';

interface LoadedProps<T> {
  query: { data: T | undefined; error: Error | null };
  children: (data: T) => ReactNode;
}

/** What was asked for, or the way to it: a quiet placeholder, the problem, or that there is no such thing. */
export function Loaded<T>({ query: { data, error }, children }: LoadedProps<T>) {
  // What was there and is gone is gone, whatever is still remembered of it.
  if (error instanceof ApiError && error.code === 'not_found') return <NotFound error={error} />;
  if (data !== undefined) {
    return (
      <>
        {error === null ? null : <Problem error={error} />}
        {children(data)}
      </>
    );
  }
  return error === null ? <Placeholder /> : <Problem error={error} />;
}

export const Placeholder = () => (
  <Stack gap="md" role="status">
    <VisuallyHidden>Loading…</VisuallyHidden>
    <Skeleton height={28} width="40%" />
    <Skeleton height={92} />
    <Skeleton height={92} />
  </Stack>
);

/** Something goes on; told to screen readers as it changes. */
export const Working = ({ children }: { children: ReactNode }) => (
  <Group gap="sm" role="status" wrap="nowrap">
    <Loader size="xs" aria-hidden />
    <Text size="sm">{children}</Text>
  </Group>
);
