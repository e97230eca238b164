import { Box, Button, Center, EmptyState } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PagedList } from '../api/pages.js';
import { Placeholder } from './Loaded.js';
import { Problem } from './Problem.js';

interface PagedItemsProps<T> {
  list: PagedList<T>;
  /** What stands in place of an empty list. */
  empty: { title: string; description?: ReactNode; action?: ReactNode };
  /** Whether the list reaches its card's edges; what stands in its place doesn't. */
  flush?: boolean;
  children: (items: readonly T[]) => ReactNode;
}

/** A list that comes a page at a time. */
export function PagedItems<T>({ list, empty, flush = false, children }: PagedItemsProps<T>) {
  const { items, error, hasMore, isLoadingMore, loadMore } = list;
  const inset = flush ? 'lg' : 0;
  return (
    <>
      {error === null ? null : (
        <Box p={inset}>
          <Problem error={error} />
        </Box>
      )}
      {items === undefined && error === null ? (
        <Box p={inset}>
          <Placeholder />
        </Box>
      ) : null}
      {items?.length === 0 ? (
        <EmptyState py="xl" px="lg" title={empty.title} description={empty.description}>
          {empty.action === undefined ? null : <EmptyState.Actions>{empty.action}</EmptyState.Actions>}
        </EmptyState>
      ) : null}
      {items === undefined || items.length === 0 ? null : children(items)}
      {hasMore ? (
        <Center p="md">
          <Button variant="default" size="sm" loading={isLoadingMore} onClick={loadMore}>
            Show more
          </Button>
        </Center>
      ) : null}
    </>
  );
}
