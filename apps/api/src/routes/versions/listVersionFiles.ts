import { Id, SignedFile } from '@paddock/contracts';
import { z } from 'zod';
import { signedFiles } from '../../bundleFiles.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';
import { visibleVersion } from '../../visibleVersion.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/files',
  operationId: 'listVersionFiles',
  tag: 'versions',
  summary: 'The files of a version, as its publisher signed them',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: z.strictObject({ items: z.array(SignedFile) }),
  errors: ['conflict'],
  handle: async ({ params, principal, context }) => {
    const files = await signedFiles(context, await visibleVersion(context, principal, params.id));
    return { body: { items: [...files] } };
  },
});
