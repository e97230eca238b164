import { Organization, OrganizationChange } from '@paddock/contracts';
import { ADMINS, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'patch',
  path: '/v1/organization',
  operationId: 'changeOrganization',
  tag: 'organizations',
  summary: 'Say how many of your organization’s valid signing keys must sign a version',
  description: 'It holds for uploads from then on. It is never more than the keys that are valid now.',
  access: ADMINS,
  body: OrganizationChange,
  statuses: [200],
  response: Organization,
  errors: ['threshold_exceeds_keys'],
  handle: async ({ body, actor, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).changeOrganization(actor, body),
  }),
});
