/** Runs: calling a tool, following a run to its end, cancelling it. */
import { type Run, unwrap } from '@paddock/client';
import { isSettled } from '@paddock/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { usePagedList } from './pages.js';
import { useSession } from './session.js';

export type RunState = Run['state'];

const RUNNING_EVERY_MS = 500;
const LIST_EVERY_MS = 3000;

export function useRuns(filter: { installId?: string; state?: RunState }) {
  const { client } = useSession();
  return usePagedList(
    ['runs', 'list', filter],
    (after) =>
      unwrap(client.GET('/v1/runs', { params: { query: { ...filter, ...(after === undefined ? {} : { after }) } } })),
    { refreshMs: (items) => (items.some((run) => !isSettled(run.state)) ? LIST_EVERY_MS : false) },
  );
}

/** A run, followed until it has ended; lists and usage that are shown beside it are then looked up again. */
export function useRun(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['runs', id],
    queryFn: async () => {
      const before = queries.getQueryData<Run>(['runs', id]);
      const run = await unwrap(client.GET('/v1/runs/{id}', { params: { path: { id } } }));
      if (before !== undefined && before.state !== run.state) {
        void queries.invalidateQueries({ queryKey: ['runs', 'list'] });
        void queries.invalidateQueries({ queryKey: ['usage'] });
      }
      return run;
    },
    refetchInterval: ({ state }) =>
      state.data === undefined || isSettled(state.data.state) ? false : RUNNING_EVERY_MS,
  });
}

export interface ToolCall {
  readonly installId: string;
  readonly tool: string;
  readonly input: Record<string, unknown>;
}

/** Calls a tool. The same call, tried again because no answer came, is the same run. */
export function useInvokeTool() {
  const { client } = useSession();
  const queries = useQueryClient();
  const unanswered = useRef<{ call: string; key: string } | null>(null);
  return useMutation({
    mutationFn: async (call: ToolCall) => {
      const { installId, tool, input } = call;
      const text = JSON.stringify(call);
      if (unanswered.current?.call !== text) unanswered.current = { call: text, key: crypto.randomUUID() };
      const answer = client.POST('/v1/installs/{id}/tools/{tool}/runs', {
        params: { path: { id: installId, tool }, header: { 'Idempotency-Key': unanswered.current.key } },
        body: { input },
      });
      await answer;
      unanswered.current = null;
      return unwrap(answer);
    },
    onSuccess: (run) => {
      queries.setQueryData(['runs', run.id], run);
      void queries.invalidateQueries({ queryKey: ['runs', 'list'] });
    },
  });
}

export function useCancelRun(id: string) {
  const { client } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(client.POST('/v1/runs/{id}/cancel', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['runs'] }),
  });
}
