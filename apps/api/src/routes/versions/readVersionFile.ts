import { Readable } from 'node:stream';
import { BundlePath, Id, PaddockError } from '@paddock/contracts';
import { z } from 'zod';
import { readTextFile } from '../../bundleFiles.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';
import { visibleVersion } from '../../visibleVersion.js';

/** Its bytes are a stranger's, so a browser is told to make nothing of them. */
export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/files/content',
  operationId: 'readVersionFile',
  tag: 'versions',
  summary: 'A file of a version as text, up to 1 MiB, for its publisher and for platform admins',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  query: z.strictObject({ path: BundlePath }),
  statuses: [200],
  response: null,
  download: true,
  errors: ['conflict', 'file_not_text', 'file_too_large', 'artifact_missing', 'artifact_corrupt'],
  handle: async ({ params, query, principal, context }) => {
    const { platform, id: organizationId } = principal.organization;
    if (!platform && !(await context.db.forTenant(organizationId).ownsVersion(params.id)))
      throw new PaddockError('not_found');
    const version = await visibleVersion(context, principal, params.id);
    const text = await readTextFile(context, version, query.path);
    const headers = {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': 'attachment',
      'Content-Length': String(text.length),
    };
    return { body: null, stream: Readable.from([text]), headers };
  },
});
