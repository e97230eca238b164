/**
 * From a plugin to the host, for one run: through the door (`admitHostCall`) to its service. What is refused is
 * audited; what is answered is counted, and stands in the run's audit event.
 */
import {
  admitHostCall,
  type ErrorCode,
  effectiveCapabilities,
  type HostMethod,
  type Manifest,
  PaddockError,
  type Progress,
} from '@paddock/contracts';
import type { ClaimedRun } from '@paddock/db';
import type { HostCall, RunPlan } from '@paddock/sandbox';
import type { ExecutorContext } from '../context.js';
import { type BlobService, blobService } from './blob.js';
import { clockService } from './clock.js';
import { httpService } from './http.js';
import { kvService } from './kv.js';
import { logService } from './log.js';
import { ProgressWriter } from './progressWriter.js';
import { secretsService } from './secrets.js';
import type { Handler, Handlers, ServedRun } from './service.js';

/** What is against the rules. Other codes are the ordinary course of things: a key at another version, a server that is down. */
const AUDITED: ReadonlySet<ErrorCode> = new Set([
  'host_service_unknown',
  'capability_not_granted',
  'host_limit_exceeded',
  'http_address_forbidden',
  'http_header_forbidden',
  'http_redirect_refused',
  'http_url_invalid',
]);
/** More refusals than this in one run are refused all the same, and not audited one by one. */
const MAX_AUDITED_REFUSALS = 10;

export interface RunServices extends Pick<Required<RunPlan>, 'hostServices' | 'onProgress'> {
  /** How often each thing was answered: `kv.get`, `http.fetch`, and to whom that went: `http api.example.com`. */
  answered(): Record<string, number>;
  /** The blobs that the run has finished. */
  written: BlobService['written'];
  /** The text without any secret that the install was given. */
  redact(text: string): string;
  /** Ends what is still open. */
  close(): Promise<void>;
}

export function openHostServices(claim: ClaimedRun, manifest: Manifest, executor: ExecutorContext): RunServices {
  const { db, actor, logger } = executor;
  const answered = new Map<string, number>();
  const note = (what: string) => void answered.set(what, (answered.get(what) ?? 0) + 1);
  const run: ServedRun = { claim, allowed: effectiveCapabilities(manifest.capabilities, claim.grants), note };
  const blobs = blobService(run, executor);
  const services = [
    clockService(),
    logService(),
    kvService(run, executor),
    httpService(run, executor),
    secretsService(run, executor),
    blobs,
  ];
  const handlers = Object.assign({}, ...services.map((service) => service.handlers)) as Handlers;
  let refusals = 0;

  const answer = async (method: string, params: unknown, call: HostCall): Promise<unknown> => {
    const admitted = admitHostCall(method, params, run.allowed, call.used);
    const handler = handlers[admitted.method];
    if (handler === undefined) throw new PaddockError('host_service_unknown');
    return handle(handler, admitted.params, call);
  };

  const audit = async (method: string, { code, detail }: PaddockError): Promise<void> => {
    if (!AUDITED.has(code)) return;
    refusals += 1;
    if (refusals > MAX_AUDITED_REFUSALS) return;
    const entry = {
      organizationId: claim.organizationId,
      actor,
      event: 'host_service.refused',
      subject: { type: 'run', id: claim.runId },
      data: { method: method.slice(0, 100), code, ...(detail === undefined ? {} : { detail: detail.slice(0, 300) }) },
    } as const;
    await db.system
      .recordAudit(entry)
      .catch((err: unknown) => logger.error({ err, runId: claim.runId }, 'refusal not audited'));
  };

  const redact = (text: string) => executor.givenSecrets.redact(claim.installId, text);
  const progress = new ProgressWriter(({ message, ...word }) =>
    db.system
      .recordProgress(claim, { ...word, message: message === null ? null : redact(message) })
      .catch((err: unknown) => logger.warn({ err, runId: claim.runId }, 'progress not noted')),
  );

  return {
    onProgress: (word: Progress) => progress.take(word),
    hostServices: async (method, params, call) => {
      try {
        const result = await answer(method, params, call);
        note(method.slice('host/'.length));
        return result;
      } catch (error) {
        if (error instanceof PaddockError) await audit(method, error);
        else logger.error({ err: error, runId: claim.runId, method }, 'host service failed');
        throw error;
      }
    },
    redact,
    written: blobs.written,
    answered: () => Object.fromEntries(answered),
    close: async () => {
      progress.close();
      await Promise.all(services.map(async (service) => service.close?.()));
    },
  };
}

/** The params are those of the method, which the type of a union of handlers can't say. */
const handle = (handler: Handlers[HostMethod], params: unknown, call: HostCall): Promise<unknown> =>
  (handler as Handler<HostMethod>)(params as never, call);
