import { unwrap, type Version } from '@paddock/client';
import { MESSAGES_AN_HOUR, REPORTS_AN_HOUR } from '@paddock/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../support/database.js';
import { expectCode } from '../support/errors.js';
import { send } from '../support/http.js';
import { publishedPlugin, verifiedPlugin } from '../support/plugins.js';
import { type TestOrganization, type TestStack, testStack } from '../support/stack.js';

let stack: TestStack;
let publisher: TestOrganization;
let tenant: TestOrganization;
let published: Version;
beforeAll(async () => {
  stack = await testStack();
  [publisher, tenant] = await Promise.all([stack.createOrganization('publisher'), stack.createOrganization('tenant')]);
  published = await publishedPlugin(stack, publisher);
});

const params = ({ id }: { id: string }) => ({ path: { id } });
const say = ({ client }: TestOrganization, version: Version, text: string) =>
  unwrap(client.POST('/v1/versions/{id}/messages', { params: params(version), body: { text } }));
const thread = async ({ client }: TestOrganization, version: Version) =>
  (await unwrap(client.GET('/v1/versions/{id}/messages', { params: params(version) }))).items;
const report = ({ client }: TestOrganization, version: Version, text = 'It sends what it reads elsewhere.') =>
  unwrap(client.POST('/v1/versions/{id}/reports', { params: params(version), body: { category: 'data_theft', text } }));
const reports = async ({ client }: TestOrganization, open?: boolean) => {
  const query = { limit: 200, ...(open === undefined ? {} : { open: String(open) }) };
  return (await unwrap(client.GET('/v1/reports', { params: { query } }))).items;
};

describe('an appeal', () => {
  it('is a thread between the publisher and the admins, which nobody else sees', async () => {
    const rejected = await verifiedPlugin(stack, publisher, { name: 'rejected', manifest: { image: 'debian' } });
    expect(rejected.state).toBe('rejected');
    await say(publisher, rejected, 'Why? <b>It</b> is honest.');
    await say(stack.admin, rejected, 'It names an image.');
    for (const reader of [publisher, stack.admin])
      expect((await thread(reader, rejected)).map(({ side, text }) => [side, text])).toEqual([
        ['publisher', 'Why? <b>It</b> is honest.'],
        ['admin', 'It names an image.'],
      ]);
    for (const version of [rejected, published]) {
      await expectCode(thread(tenant, version), 'not_found');
      await expectCode(say(tenant, version, 'me too'), 'not_found');
    }
    const query = { subjectId: rejected.id, event: 'version.message_posted' as const };
    const { items } = await unwrap(publisher.client.GET('/v1/audit/events', { params: { query } }));
    expect(items.map(({ data }) => data['side'])).toEqual(['admin', 'publisher']);
    expect(JSON.stringify(items)).not.toContain('honest');
  });

  it('is of some length at most, and no more often than the cap says, however many come at once', async () => {
    const version = await verifiedPlugin(stack, await stack.createOrganization('other'), { name: 'talkative' });
    const owner = await stack.createOrganization('talkative');
    const mine = await verifiedPlugin(stack, owner);
    await expectCode(say(owner, mine, 'x'.repeat(4001)), 'invalid_request');
    await expectCode(say(owner, mine, '  \n '), 'invalid_request');
    await expectCode(say(owner, version, 'not mine'), 'not_found');
    const answers = await Promise.all(
      Array.from({ length: MESSAGES_AN_HOUR + 5 }, (_, n) =>
        send(stack, `/v1/versions/${mine.id}/messages`, {
          method: 'POST',
          key: owner.apiKey,
          body: { text: `message ${n}` },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(MESSAGES_AN_HOUR);
    expect(answers.filter(({ status, code }) => status === 429 && code === 'rate_limited')).toHaveLength(5);
    expect((await say(stack.admin, mine, 'We have read it.')).side).toBe('admin');
  });
});

describe('a report', () => {
  it('reaches the admins, is resolved with a word, and its publisher learns of none of it', async () => {
    const made = await report(tenant, published);
    expect(made).toMatchObject({ organization: { slug: tenant.slug }, plugin: published.plugin, resolvedAt: null });
    expect((await reports(stack.admin, true)).map(({ id }) => id)).toContain(made.id);
    expect((await reports(tenant)).map(({ id }) => id)).toEqual([made.id]);

    const resolve = ({ client }: TestOrganization) =>
      unwrap(client.POST('/v1/reports/{id}/resolve', { params: params(made), body: { resolution: 'Revoked.' } }));
    await expectCode(resolve(tenant), 'not_allowed');
    expect(await resolve(stack.admin)).toMatchObject({ resolution: 'Revoked.' });
    await expectCode(resolve(stack.admin), 'conflict');
    expect((await reports(stack.admin, true)).map(({ id }) => id)).not.toContain(made.id);
    expect(await reports(tenant, false)).toMatchObject([{ id: made.id, resolution: 'Revoked.' }]);

    expect(await reports(publisher)).toEqual([]);
    const seen = await Promise.all(
      ['/v1/audit/events?limit=200', `/v1/versions/${published.id}`, `/v1/versions/${published.id}/messages`].map(
        (path) => send(stack, path, { key: publisher.apiKey }),
      ),
    );
    for (const { status, text } of seen) {
      expect(status).toBe(200);
      expect(text).not.toContain(made.id);
      expect(text).not.toContain(tenant.id);
      expect(text).not.toContain('sends what it reads');
    }
    const events = await rows<{ event: string; organization_id: string }>(
      stack,
      'SELECT event, organization_id FROM audit_events WHERE subject_id = $1 ORDER BY id',
      [made.id],
    );
    expect(events).toEqual([
      { event: 'report.created', organization_id: tenant.id },
      { event: 'report.resolved', organization_id: tenant.id },
    ]);
  });

  it('is of what is published by somebody else', async () => {
    const hidden = await verifiedPlugin(stack, publisher, { name: 'hidden' });
    await expectCode(report(tenant, hidden), 'not_found');
    await expectCode(report(publisher, published), 'not_allowed');
  });

  it('comes no more often than the cap says, however many come at once', async () => {
    const eager = await stack.createOrganization('eager');
    const answers = await Promise.all(
      Array.from({ length: REPORTS_AN_HOUR + 5 }, () =>
        send(stack, `/v1/versions/${published.id}/reports`, {
          method: 'POST',
          key: eager.apiKey,
          body: { category: 'spam', text: 'again' },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(REPORTS_AN_HOUR);
    expect(answers.filter(({ code }) => code === 'rate_limited')).toHaveLength(5);
    // Another organization's reports are its own.
    expect((await report(tenant, published)).resolvedAt).toBeNull();
  });
});

it('the tenants’ role can’t speak for an admin, nor of another’s version, nor resolve a report', async () => {
  const made = await report(tenant, published);
  const attempts: [sql: string, values: unknown[]][] = [
    [
      `INSERT INTO version_messages (id, version_id, organization_id, side, text) VALUES (gen_random_uuid(), $1, $2, 'admin', 'x')`,
      [published.id, publisher.id],
    ],
    [
      `INSERT INTO version_messages (id, version_id, organization_id, side, text) VALUES (gen_random_uuid(), $1, $2, 'publisher', 'x')`,
      [published.id, tenant.id],
    ],
    [`UPDATE abuse_reports SET resolved_at = now() WHERE id = $1 AND organization_id = $2`, [made.id, tenant.id]],
  ];
  for (const [sql, values] of attempts) {
    const organization = values[1] as string;
    const attempt = rows(
      stack,
      `DO $do$ BEGIN
         SET LOCAL ROLE paddock_tenant;
         PERFORM set_config('paddock.organization', '${organization}', true);
         ${values.reduce<string>((text, value, n) => text.replaceAll(`$${n + 1}`, `'${String(value)}'`), sql)};
       END $do$`,
    );
    await expect(attempt, sql).rejects.toMatchObject({ code: '42501' });
  }
});
