import { NoticesRead } from '@paddock/contracts';
import { endpoint, MEMBERS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/notices/read',
  operationId: 'readNotices',
  tag: 'installs',
  summary: 'Mark a notice and all before it as read, for your whole organization',
  access: MEMBERS,
  body: NoticesRead,
  statuses: [204],
  response: null,
  handle: async ({ body, principal, context }) => {
    await context.db.forTenant(principal.organization.id).readNotices(body.until);
    return { body: null };
  },
});
