import { AdvisoryImport, NewAdvisories } from '@paddock/contracts';
import { endpoint, PLATFORM_ADMINS } from '../../endpoint.js';

export default endpoint({
  method: 'post',
  path: '/v1/advisories',
  operationId: 'importAdvisories',
  tag: 'advisories',
  summary:
    'Add, change and withdraw advisories about packages; versions that hold such packages are flagged in the background',
  access: PLATFORM_ADMINS,
  body: NewAdvisories,
  statuses: [200],
  response: AdvisoryImport,
  handle: async ({ body, actor, principal, context }) => ({
    body: await context.db.system.importAdvisories(actor, principal.organization.id, body.advisories),
  }),
});
