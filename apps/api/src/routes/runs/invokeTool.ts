import { createHash } from 'node:crypto';
import { Id, isSettled, NewRun, PaddockError, RUN_QUEUES, Run, ToolName } from '@paddock/contracts';
import { z } from 'zod';
import { endpoint, MEMBERS } from '../../endpoint.js';

/** The way of a run, its API half: checked and stored in one transaction, then enqueued; the row is the queue's outbox. */
export default endpoint({
  method: 'post',
  path: '/v1/installs/{id}/tools/{tool}/runs',
  operationId: 'invokeTool',
  tag: 'runs',
  summary: 'Call a tool',
  description:
    'Answers 202 with the run’s Location; or, asked with `Prefer: wait=N`, 200 with the settled run if it ends within N seconds.',
  access: MEMBERS,
  params: z.object({ id: Id, tool: ToolName }),
  headers: {
    Prefer: '`wait=N`: wait up to N seconds for the run’s end (RFC 7240)',
    'Idempotency-Key': 'Up to 255 printable characters; the same key with the same request is the same run',
  },
  body: NewRun,
  statuses: [200, 202],
  response: Run,
  errors: [
    'not_found',
    'version_not_published',
    'tool_unknown',
    'input_invalid',
    'idempotency_key_reused',
    'body_too_large',
    'malformed_body',
    'unsupported_media_type',
  ],
  handle: async ({ params, body, actor, principal, request, signal, context }) => {
    const { db, queues, settledRuns, toolSchemas, logger, waitMaxSeconds } = context;
    const tenant = db.forTenant(principal.organization.id);
    const waitMs = Math.min(waitSeconds(request.get('Prefer')), waitMaxSeconds) * 1000;

    const run = await tenant.createRun(actor, {
      installId: params.id,
      tool: params.tool,
      input: body.input,
      blobs: body.blobs,
      timeoutMs: body.timeoutMs,
      idempotency: idempotencyOf(request.get('Idempotency-Key'), [params.id, params.tool, body]),
      check: (versionId, loadManifest) => toolSchemas.check(versionId, params.tool, body.input, loadManifest),
    });
    const enqueue = async () => {
      if (!run.created) return;
      // The row is committed: a queue that is down only delays the run, until the controller enqueues it again.
      await queues
        .enqueue(RUN_QUEUES[run.minIsolation], { runId: run.id, attempt: 1 })
        .catch((err: unknown) => logger.warn({ err, runId: run.id }, 'run not enqueued'));
    };
    let settled: Run | null = null;
    if (waitMs > 0) {
      const isSettled_ = async () => {
        const latest = await tenant.getRun(run.id);
        settled = isSettled(latest.state) ? latest : null;
        return settled !== null;
      };
      await settledRuns.wait(run.id, { ms: waitMs, signal, begin: enqueue, isSettled: isSettled_ });
    } else {
      await enqueue();
    }
    const headers = { Location: `/v1/runs/${run.id}` };
    return settled === null
      ? { status: 202, headers, body: await tenant.getRun(run.id) }
      : { status: 200, headers, body: settled };
  },
});

/** The seconds of a `wait` preference; 0 without one, or where it isn't a number, since a preference is never an error. */
function waitSeconds(prefer: string | undefined): number {
  return Number(/(?:^|[,;\s])wait=(\d{1,4})(?:$|[,;\s])/.exec(prefer ?? '')?.[1] ?? 0);
}

function idempotencyOf(key: string | undefined, request: unknown) {
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new PaddockError(
      'invalid_request',
      'Idempotency-Key takes 1 to 255 printable ASCII characters without spaces.',
    );
  return { key, requestHash: createHash('sha256').update(JSON.stringify(request)).digest('hex') };
}
