import { CatalogueEntry, PageQuery, pageOf } from '@paddock/contracts';
import { z } from 'zod';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';

export default endpoint({
  method: 'get',
  path: '/v1/plugins',
  operationId: 'listPlugins',
  tag: 'plugins',
  summary: 'The catalogue: every plugin with a published version',
  access: EVERY_ROLE,
  query: PageQuery.extend({ query: z.string().max(100).optional() }),
  statuses: [200],
  response: pageOf(CatalogueEntry),
  handle: async ({ query, principal, context }) => ({
    body: await context.db.forTenant(principal.organization.id).listCatalogue(query),
  }),
});
