/**
 * The one door from a plugin to the host. A host service answers only if it exists, the manifest declares its capability and
 * the tenant granted it; whatever is refused is audited. No host service exists yet, so every request is refused.
 */
import { type ErrorCode, PaddockError } from '@paddock/contracts';
import type { ClaimedRun } from '@paddock/db';
import type { RunPlan } from '@paddock/sandbox';
import type { ExecutorContext } from '../context.js';

/** More refusals than this in one run are counted, not audited one by one. */
const MAX_AUDITED_REFUSALS = 10;

export function hostServicesFor(claim: ClaimedRun, { db, actor, logger }: ExecutorContext): RunPlan['hostServices'] {
  let refusals = 0;
  return async (method) => {
    const code: ErrorCode = 'host_service_unknown';
    refusals += 1;
    if (refusals <= MAX_AUDITED_REFUSALS) {
      const entry = {
        organizationId: claim.organizationId,
        actor,
        event: 'host_service.refused',
        subject: { type: 'run', id: claim.runId },
        data: { method: method.slice(0, 100), code },
      } as const;
      await db.system
        .recordAudit(entry)
        .catch((err: unknown) => logger.error({ err, runId: claim.runId }, 'refusal not audited'));
    }
    throw new PaddockError(code);
  };
}
