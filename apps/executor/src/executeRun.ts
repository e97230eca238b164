/**
 * The job of an executor: claim → check → run → settle. What a plugin does is a value and is settled; what the platform can't
 * do throws, and the run is given back for its next attempt. Authority comes from the claimed row, never from the job.
 */
import {
  type ErrorCode,
  type ExecuteRunJob,
  effectiveLimits,
  type LogLine,
  leftProfile,
  type Outcome,
  PaddockError,
  RUN_QUEUES,
} from '@paddock/contracts';
import type { ClaimedRun, Settlement } from '@paddock/db';
import type { RunResult } from '@paddock/sandbox';
import type { ExecutorContext } from './context.js';
import { openHostServices } from './hostServices/dispatcher.js';
import { holdLease, type Lease } from './lease.js';
import type { PreparedVersion } from './preparedVersions.js';

export async function executeRun(job: ExecuteRunJob, executor: ExecutorContext): Promise<void> {
  const { db, executorId, isolation, leaseMs, runningRuns } = executor;
  const isolationLevel = isolation.level;
  if (isolationLevel === 'refuse') return; // The run stays queued, and the controller enqueues it again.
  const claim = await db.system.claimRun({ ...job, executorId, isolationLevel, leaseMs });
  if (claim === null) return; // Settled, cancelled or claimed by somebody else: a job may come twice.

  const lease = holdLease(claim, executor);
  runningRuns.set(claim.runId, lease);
  try {
    const settlement = refuse(claim) ?? (await run(claim, lease, executor));
    if (settlement !== null) await settle(claim, settlement, executor);
  } catch (error) {
    await release(claim, error, executor);
  } finally {
    runningRuns.delete(claim.runId);
    lease.end();
  }
}

/** What forbids a run before anything is started for it. */
function refuse(claim: ClaimedRun): Settlement | null {
  if (claim.versionState === 'revoked') return unbilled('revoked', 'version_not_published', 'The version was revoked.');
  if (claim.versionState !== 'published' && claim.versionState !== 'yanked') {
    return unbilled('refused', 'version_not_published', `The version is ${claim.versionState}.`);
  }
  if (claim.installRemoved) return unbilled('refused', 'not_found', 'The install was removed.');
  return null;
}

async function run(claim: ClaimedRun, lease: Lease, executor: ExecutorContext): Promise<Settlement | null> {
  const { pool, versions, isolation, runtimes, logger } = executor;
  let version: PreparedVersion;
  try {
    version = await versions.prepare(claim.versionId);
  } catch (error) {
    if (error instanceof PaddockError && !error.retry) {
      logger.error({ err: error, runId: claim.runId, versionId: claim.versionId }, 'version refused');
      return unbilled('refused', error.code, error.message);
    }
    throw error;
  }
  const { manifest, bundleDir } = version;
  const place = isolation.placeFor(claim.minIsolation, manifest.minIsolation);
  if (place === undefined) {
    return unbilled('refused', 'no_eligible_executor', `This executor has isolation ${isolation.level} at most.`);
  }
  if (!runtimes.includes(manifest.runtime)) {
    return unbilled(
      'refused',
      'no_eligible_executor',
      `The plugin needs the runtime ${manifest.runtime}; this executor has ${runtimes.join(', ')}.`,
    );
  }
  const asked =
    claim.timeoutMs === null
      ? claim.installLimits
      : {
          ...claim.installLimits,
          timeoutMs: Math.min(claim.timeoutMs, claim.installLimits.timeoutMs ?? claim.timeoutMs),
        };
  const limits = effectiveLimits(manifest.limits, asked);
  // The deadline is the call's, not the sandbox's: two runs with different deadlines can share a warm sandbox.
  const { timeoutMs } = limits;
  const logs: LogLine[] = [];
  const services = openHostServices(claim, manifest, executor);
  const running = pool.run(
    {
      installId: claim.installId,
      versionId: claim.versionId,
      isolation: claim.isolation,
      runtime: manifest.runtime,
      kernel: place.kernel,
      bundleDir,
      entry: manifest.entry,
      limits: { ...limits, timeoutMs: effectiveLimits(manifest.limits, claim.installLimits).timeoutMs },
      beforeStart: () => versions.verify(version),
      hostServices: services.hostServices,
      onLog: (line) => logs.push(line),
      onProgress: services.onProgress,
    },
    { tool: claim.tool, input: claim.input, deadlineMs: timeoutMs },
    lease.signal,
  );
  let result: RunResult;
  try {
    result = await running;
  } catch (error) {
    // It was published when the run was claimed: it was taken back before a sandbox was made for it.
    if (error instanceof PaddockError && error.code === 'version_not_published')
      return unbilled('revoked', error.code, 'The version was revoked before the run began.');
    throw error;
  } finally {
    await services.close();
  }
  const stopped = lease.stopped();
  if (stopped === 'lost') {
    logger.warn({ runId: claim.runId, attempt: claim.attempt }, 'lease lost; the attempt is void');
    return null;
  }
  if (result.outcome === 'cancelled' && stopped === 'draining')
    throw new PaddockError('unavailable', 'The executor was stopped.');
  const { outcome, output, error } = checkOutput(result, version, claim.tool);
  const revoked = outcome === 'cancelled' && stopped === 'revoked';
  const hostServices = services.answered();
  const { peakPids } = result.observed;
  const { peakMemoryBytes } = result.usage;
  const seen = { tool: claim.tool, hostServices, peakPids, peakMemoryBytes };
  return {
    outcome: revoked ? 'revoked' : outcome,
    output: output ?? null,
    error: revoked
      ? { code: 'version_not_published', message: 'The version was revoked while it ran.' }
      : error === undefined
        ? null
        : { ...error, message: services.redact(error.message) },
    usage: result.usage,
    limits,
    isolationLevel: place.level,
    logs: logs.map((line) => ({ ...line, message: services.redact(line.message) })),
    blobs: services.written(),
    hostServices,
    leftProfile: version.profile === null ? [] : leftProfile(version.profile, seen),
  };
}

/** A result that breaks the tool's own schema is the plugin's failure. */
function checkOutput(
  result: RunResult,
  version: PreparedVersion,
  tool: string,
): Pick<RunResult, 'outcome' | 'output' | 'error'> {
  const { outcome, output, error } = result;
  if (outcome !== 'succeeded') return { outcome, ...(error === undefined ? {} : { error }) };
  const issues = version.checkOutput(tool, output);
  if (issues.length === 0) return { outcome, output };
  const message = issues
    .map((issue) => `${issue.path}: ${issue.message}`)
    .join('; ')
    .slice(0, 2000);
  return { outcome: 'failed', error: { code: 'output_invalid', message } };
}

async function settle(
  claim: ClaimedRun,
  settlement: Settlement,
  { db, queues, actor, logger }: ExecutorContext,
): Promise<void> {
  const written = await db.system.settleRun(actor, claim, settlement);
  if (!written) {
    logger.warn({ runId: claim.runId, leaseEpoch: claim.leaseEpoch }, 'settlement refused: the claim no longer holds');
    return;
  }
  logger.debug({ runId: claim.runId, outcome: settlement.outcome, attempt: claim.attempt }, 'run settled');
  await queues
    .signal('run.settled', claim.runId)
    .catch((err: unknown) => logger.warn({ err, runId: claim.runId }, 'settlement not signalled'));
}

async function release(
  claim: ClaimedRun,
  error: unknown,
  { db, queues, actor, logger }: ExecutorContext,
): Promise<void> {
  const code = error instanceof PaddockError ? error.code : 'internal';
  logger.error({ err: error, runId: claim.runId, attempt: claim.attempt }, 'attempt failed on our side');
  const release = await db.system.releaseRun(actor, claim, {
    code,
    message: 'The platform could not carry the run out.',
  });
  if (release?.requeued)
    await queues.enqueue(
      RUN_QUEUES[claim.minIsolation],
      { runId: claim.runId, attempt: release.attempt },
      { delayMs: 500 * claim.attempt },
    );
  else if (release !== null) await queues.signal('run.settled', claim.runId);
}

function unbilled(outcome: Extract<Outcome, 'revoked' | 'refused'>, code: ErrorCode, message: string): Settlement {
  return { outcome, output: null, error: { code, message }, usage: null, limits: null, isolationLevel: null, logs: [] };
}
