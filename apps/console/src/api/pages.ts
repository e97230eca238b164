/** Lists that come a page at a time: what is loaded so far, as one list. */
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

export interface ListPage<T> {
  items: T[];
  next: string | null;
}

export interface PagedList<T> {
  /** Undefined until the first page is there. */
  readonly items: readonly T[] | undefined;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  loadMore(): void;
}

interface PagedListOptions<T> {
  /** How often to look again, given what is loaded; false for never, which is the default. */
  refreshMs?: (items: readonly T[]) => number | false;
  /** Whether the list before stays in view until a changed one is there: for a search that is being typed. */
  keepPrevious?: boolean;
}

export function usePagedList<T>(
  queryKey: readonly unknown[],
  load: (after: string | undefined) => Promise<ListPage<T>>,
  { refreshMs = () => false, keepPrevious = false }: PagedListOptions<T> = {},
): PagedList<T> {
  const query = useInfiniteQuery<ListPage<T>, Error, InfiniteData<ListPage<T>>, readonly unknown[], string | undefined>(
    {
      queryKey,
      queryFn: ({ pageParam }) => load(pageParam),
      initialPageParam: undefined,
      ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
      getNextPageParam: (page) => page.next ?? undefined,
      refetchInterval: ({ state }) => refreshMs(state.data?.pages.flatMap((page) => page.items) ?? []),
    },
  );
  return {
    items: query.data?.pages.flatMap((page) => page.items),
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
}
