import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { stream } from '../support/http.js';
import { type OwnStack, startOwnStack } from '../support/ownStack.js';
import { packPlugin, registerKey, signPlugin } from '../support/plugins.js';
import { auditedRefusals, MULTIPART, multipart, postUpload, storedArtifacts } from '../support/uploads.js';

let stack: OwnStack;
beforeAll(async () => {
  stack = await startOwnStack({ environment: { PADDOCK_UPLOAD_TIMEOUT_MS: '1500' } });
});
afterAll(() => stack?.end());

it.each([
  ['in its signature', 0.1],
  ['in its bundle', 0.95],
])('an upload that trickles %s is refused in time, and leaves nothing', async (_where, share) => {
  const publisher = await stack.createOrganization('publisher');
  const key = await registerKey(publisher);
  const made = await packPlugin(publisher.slug, { name: 'slow' });
  const body = multipart([
    { name: 'signature', data: await signPlugin(made, { key }) },
    { name: 'bundle', data: made.packed.bytes },
  ]);
  const from = Math.floor(body.length * share);
  const trickle = Readable.from(
    (async function* () {
      yield body.subarray(0, from);
      for (let at = from; at < body.length; at += 1) {
        await sleep(500);
        yield body.subarray(at, at + 1);
      }
    })(),
    { objectMode: false },
  );
  const headers = { 'Content-Type': MULTIPART, 'Content-Length': String(body.length) };
  const answer = await stream(stack, '/v1/versions', { key: publisher.apiKey, headers, body: trickle });
  trickle.destroy();
  expect(answer).toMatchObject({ status: 408, code: 'upload_too_slow' });
  expect(await auditedRefusals(publisher)).toEqual(['upload_too_slow']);
  expect(await storedArtifacts(stack, made.packed.sha256)).toEqual([]);
  expect(await rows(stack, 'SELECT 1 FROM versions WHERE organization_id = $1', [publisher.id])).toEqual([]);
  expect((await postUpload(stack, publisher, body)).status).toBe(202);
});
