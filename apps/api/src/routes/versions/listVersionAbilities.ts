import { Abilities, Id } from '@paddock/contracts';
import { z } from 'zod';
import { abilitiesOf } from '../../abilities.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';
import { visibleVersion } from '../../visibleVersion.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/abilities',
  operationId: 'listVersionAbilities',
  tag: 'versions',
  summary: 'What a version can do: as its code shows it, as it declares it, and as it was seen',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: Abilities,
  errors: ['conflict', 'artifact_missing'],
  handle: async ({ params, principal, context }) => ({
    body: await abilitiesOf(context, await visibleVersion(context, principal, params.id)),
  }),
});
