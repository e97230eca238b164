/** What must hold once everything has settled, whatever happened on the way. */
import { isSettled, type RunState } from '@paddock/contracts';
import { expect } from 'vitest';
import { rows } from './database.js';

interface Account {
  id: string;
  state: RunState;
  settlements: number;
  usage: number;
}

const accountsOf = (stack: { databaseUrl: string }, ids: readonly string[]) =>
  rows<Account>(
    stack,
    `SELECT id, state, (SELECT count(*)::int FROM usage_records WHERE run_id = runs.id) AS usage,
            (SELECT count(*)::int FROM audit_events WHERE event = 'run.settled' AND subject_id = runs.id::text) AS settlements
     FROM runs WHERE id = ANY($1::uuid[]) ORDER BY id`,
    [ids],
  );

/** Waits until each of the runs has succeeded, and expects it to be billed once and settled once. */
export async function expectSucceededOnce(stack: { databaseUrl: string }, ids: readonly string[]): Promise<void> {
  expect(new Set(ids).size).toBe(ids.length);
  const unsettled = async () => (await accountsOf(stack, ids)).filter(({ state }) => !isSettled(state)).length;
  await expect.poll(unsettled, { timeout: 60_000, interval: 300 }).toBe(0);
  const expected = [...ids].sort().map((id) => ({ id, state: 'succeeded', settlements: 1, usage: 1 }));
  expect(await accountsOf(stack, ids)).toEqual(expected);
}
