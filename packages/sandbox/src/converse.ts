/**
 * A conversation with a plugin from its first word to its settlement: deadline, stop, kill, what it was and what it used.
 * What a plugin does comes out as a value; only the engine's failures throw.
 */
import { ERRORS, type Limits, PaddockError, type Usage } from '@paddock/contracts';
import { Ended, type Ending, type Exchange, type ExchangePlan } from './exchange.js';
import { AT_ONCE } from './jobs.js';
import { Meter } from './meter.js';
import { namesInTmp } from './namesInTmp.js';
import type { Exit, Sandbox } from './sandbox.js';
import type { Session } from './session.js';
import type { Observed, PluginFault, RunPlan } from './types.js';

/** What a conversation comes to, as the plugin would have it. */
export type Said<T> = { outcome: 'succeeded'; value: T } | PluginFault;

export interface Settled<T> {
  said: Said<T>;
  usage: Usage;
  observed: Observed;
  /** Whether the sandbox is fit for another run of the same install. */
  clean: boolean;
}

export interface Terms {
  plan: ExchangePlan & Pick<RunPlan, 'limits' | 'observe'>;
  deadlineMs: number;
  graceMs: number;
  /** Aborted with a PaddockError it makes the conversation throw that; with anything else it is a cancellation. */
  stop: AbortSignal;
  /** Whether the sandbox's whole life is to be billed, or only what comes from now on. */
  fresh: boolean;
}

/** Has `talk` speak with the plugin, within the terms. Afterwards the sandbox is either clean or dead. */
export async function converse<T>(
  session: Session,
  terms: Terms,
  talk: (exchange: Exchange) => Promise<Said<T>>,
): Promise<Settled<T>> {
  const { sandbox } = session;
  const { cgroup } = sandbox;
  const oomKillsBefore = terms.fresh ? 0 : cgroup.oomKills();
  const exchange = session.open(terms.plan, terms.deadlineMs);
  const meter = new Meter(cgroup, terms.plan.limits, terms.fresh, (excess) =>
    excess === 'cpu'
      ? exchange.fault('cpu_exhausted', 'cpu_time_exceeded')
      : exchange.fault('crashed', 'processes_exceeded'),
  );
  const deadline = setTimeout(() => exchange.end({ kind: 'deadline' }), terms.deadlineMs);
  const stopped = () => exchange.end({ kind: 'stopped', reason: terms.stop.reason });
  terms.stop.addEventListener('abort', stopped, { once: true });
  if (terms.stop.aborted) stopped();

  const usage = (): Usage => ({ ...meter.usage(), outputBytes: exchange.outputBytes, ...exchange.used });
  const settled = (said: Said<T>, clean: boolean, tmpFiles: string[] | null): Settled<T> => {
    const used = usage();
    const { cpuUs, peakMemoryBytes } = used;
    return { said, usage: used, observed: { cpuUs, peakMemoryBytes, peakPids: meter.peakPids(), tmpFiles }, clean };
  };
  try {
    const said = await talk(exchange);
    const tmpFiles = terms.plan.observe ? namesInTmp(cgroup.processes()) : null;
    if (cgroup.oomKills() > oomKillsBefore) {
      await sandbox.kill();
      return settled(outOfMemory(), false, tmpFiles);
    }
    return settled(said, !session.isSoiled && !exchange.hasEnded, tmpFiles);
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    // On cgroup v1 the counter goes with the container's own cgroup, so it is read before the kill.
    const killedForMemory = cgroup.oomKills() > oomKillsBefore;
    const graceMs = terms.stop.reason === AT_ONCE ? 0 : terms.graceMs;
    const exit = await finish(sandbox, exchange, error.ending, graceMs);
    return settled(fault(error.ending, exit, killedForMemory, usage(), terms.plan.limits), false, null);
  } finally {
    clearTimeout(deadline);
    meter.stop();
    terms.stop.removeEventListener('abort', stopped);
    session.close();
  }
}

/** Lets a plugin know that it is to stop, and then sees to it. Answers how it ended where that is by its own doing. */
async function finish(
  sandbox: Sandbox,
  exchange: Exchange,
  ending: Ending,
  graceMs: number,
): Promise<Exit | undefined> {
  if (ending.kind === 'exited') return sandbox.exit();
  const asked = exchange.pendingId;
  if ((ending.kind === 'deadline' || ending.kind === 'stopped') && asked !== undefined && graceMs > 0) {
    exchange.notify('notifications/cancelled', {
      requestId: asked,
      reason: ending.kind === 'deadline' ? 'deadline' : 'cancelled',
    });
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
      exchange.onLateAnswer = resolve;
    });
    await Promise.race([grace, sandbox.end]);
    clearTimeout(timer);
  }
  await sandbox.kill();
  return undefined;
}

function fault(
  ending: Ending,
  exit: Exit | undefined,
  killedForMemory: boolean,
  used: Usage,
  limits: Limits,
): PluginFault {
  switch (ending.kind) {
    case 'platform':
      throw new PaddockError('sandbox_unavailable', undefined, { cause: ending.cause });
    case 'stopped':
      if (ending.reason instanceof PaddockError) throw ending.reason;
      return {
        outcome: 'cancelled',
        error: { code: 'cancelled_by_caller', message: ERRORS.cancelled_by_caller.title },
      };
    case 'fault':
      return killedForMemory ? outOfMemory() : ending.fault;
    case 'deadline':
      if (killedForMemory) return outOfMemory();
      return { outcome: 'timed_out', error: { code: 'deadline_exceeded', message: ERRORS.deadline_exceeded.title } };
    case 'exited': {
      if (killedForMemory || (exit !== undefined && endedForMemory(exit, used, limits))) return outOfMemory();
      const message = `${ERRORS.process_exited.title} Exit code ${exit?.code ?? 'unknown'}.`;
      return { outcome: 'crashed', error: { code: 'process_exited', message } };
    }
  }
}

/** 128 + SIGKILL and 128 + SIGABRT: how the first process hands on that a signal ended its child. */
const KILLED = 137;
const ABORTED = 134;

/**
 * Whether a process ended for memory. The engine's own flag can come late, so a kill that we did not order at a full
 * cgroup counts too; and V8 aborts by itself when its heap is full, which happens near the limit by construction.
 */
function endedForMemory(exit: Exit, used: Usage, limits: Limits): boolean {
  const share = used.peakMemoryBytes / limits.memoryBytes;
  return exit.outOfMemory || (exit.code === KILLED && share >= 0.95) || (exit.code === ABORTED && share >= 0.75);
}

const outOfMemory = (): PluginFault => ({
  outcome: 'out_of_memory',
  error: { code: 'memory_exceeded', message: ERRORS.memory_exceeded.title },
});
