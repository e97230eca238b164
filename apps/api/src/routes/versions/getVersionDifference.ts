import { Id, type Manifest, type Version, VersionDifference } from '@paddock/contracts';
import { z } from 'zod';
import { signedFiles } from '../../bundleFiles.js';
import type { ApiContext } from '../../context.js';
import { EVERY_ROLE, endpoint } from '../../endpoint.js';
import { differenceOf } from '../../versionDifference.js';
import { visibleVersion } from '../../visibleVersion.js';

export default endpoint({
  method: 'get',
  path: '/v1/versions/{id}/difference',
  operationId: 'getVersionDifference',
  tag: 'versions',
  summary: 'What is new in a version: files and manifest beside the newest published version before it',
  access: EVERY_ROLE,
  params: z.object({ id: Id }),
  statuses: [200],
  response: VersionDifference,
  errors: ['conflict'],
  handle: async ({ params, principal, context }) => {
    const version = await visibleVersion(context, principal, params.id);
    const after = await comparable(context, version);
    const previous = await context.db.system.findPreviousVersion(version.id);
    const before =
      previous === null ? null : await comparable(context, await context.db.system.getVersion(previous.id));
    return { body: { previous, ...differenceOf(before, after) } };
  },
});

async function comparable(context: ApiContext, version: Version) {
  // Whatever has signed files that may be looked at has a manifest, too.
  return { files: await signedFiles(context, version), manifest: version.manifest as Manifest };
}
