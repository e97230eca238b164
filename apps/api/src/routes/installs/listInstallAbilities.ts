import { Abilities, Id } from '@paddock/contracts';
import { z } from 'zod';
import { abilitiesOf } from '../../abilities.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';
import { visibleVersion } from '../../visibleVersion.js';

export default endpoint({
  method: 'get',
  path: '/v1/installs/{id}/abilities',
  operationId: 'listInstallAbilities',
  tag: 'installs',
  summary: 'What an installed version can do, beside what is granted to it',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: Abilities,
  errors: ['conflict', 'artifact_missing'],
  handle: async ({ params, principal, context }) => {
    const { versionId, grants } = await context.db.forTenant(principal.organization.id).getInstall(params.id);
    return { body: await abilitiesOf(context, await visibleVersion(context, principal, versionId), grants) };
  },
});
