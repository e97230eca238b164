/** Holds a claim while its run goes on: renews it, and stops the run when it is lost, or when the tenant or an admin wants it to end. */
import type { ClaimedRun } from '@paddock/db';
import type { ExecutorContext } from './context.js';

/** Why a run is stopped before its end. */
export type StopReason = 'cancelled' | 'revoked' | 'lost' | 'draining';

export interface Lease {
  /** What is run under it. */
  readonly versionId: string;
  /** Aborts when the run is to stop. */
  readonly signal: AbortSignal;
  /** Renews now, since word came that something has been asked of the run. What it is stands in the database alone. */
  look(): void;
  /** The first reason wins. */
  stop(reason: StopReason): void;
  stopped(): StopReason | null;
  /** Renews no more. */
  end(): void;
}

export function holdLease(
  claim: ClaimedRun,
  { db, leaseMs, logger }: Pick<ExecutorContext, 'db' | 'leaseMs' | 'logger'>,
): Lease {
  const controller = new AbortController();
  let reason: StopReason | null = null;
  let heldUntil = performance.now() + leaseMs;
  const stop = (why: StopReason) => {
    if (reason !== null) return;
    reason = why;
    controller.abort();
  };
  const renew = async () => {
    const asked = performance.now();
    try {
      const state = await db.system.renewLease(claim, leaseMs);
      if (!state.held) stop('lost');
      else if (state.versionState === 'revoked') stop('revoked');
      else if (state.cancelRequested) stop('cancelled');
      heldUntil = asked + leaseMs;
    } catch (err) {
      logger.warn({ err, runId: claim.runId }, 'lease not renewed');
    }
    // Past its end somebody else may have the run: what goes on here is void, and must not go on.
    if (performance.now() > heldUntil) stop('lost');
  };
  const timer = setInterval(() => void renew(), leaseMs / 3);
  return {
    versionId: claim.versionId,
    signal: controller.signal,
    look: () => void renew(),
    stop,
    stopped: () => reason,
    end: () => clearInterval(timer),
  };
}
