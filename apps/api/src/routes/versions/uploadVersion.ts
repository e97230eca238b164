import { parsePublishStatement, verifyEnvelope } from '@paddock/bundle';
import { PaddockError, type PublishStatement, splitPluginName, Version } from '@paddock/contracts';
import { ADMINS, endpoint } from '../../endpoint.js';
import { asPaddockError } from '../../middleware/problem.js';
import { receiveUpload } from '../../receiveUpload.js';

/** The way of a bundle, its API half: signature, then bytes of just that digest, then row and audit event, then the job. */
export default endpoint({
  method: 'post',
  path: '/v1/versions',
  operationId: 'uploadVersion',
  tag: 'versions',
  summary: 'Upload a signed version; its verification follows',
  description: 'The same bytes under the same version again answer 200 with the version as it stands.',
  access: ADMINS,
  multipart: { signature: 'The DSSE envelope; it comes first', bundle: 'The .tgz whose sha256 the envelope states' },
  statuses: [202, 200],
  response: Version,
  errors: [
    'unsupported_media_type',
    'malformed_body',
    'signature_missing',
    'signature_malformed',
    'signature_key_unknown',
    'signature_key_expired',
    'signature_key_revoked',
    'signature_invalid',
    'statement_malformed',
    'statement_digest_mismatch',
    'bundle_too_large',
    'bundle_empty',
    'version_exists',
  ],
  handle: async ({ actor, principal, request, signal, context }) => {
    const { db, artifacts, queues, logger, maxBundleBytes } = context;
    const { organization } = principal;
    const tenant = db.forTenant(organization.id);
    try {
      if (Number(request.get('Content-Length') ?? 0) > maxBundleBytes + 8 * 1024 * 1024)
        throw new PaddockError('bundle_too_large');
      const { signature, bundle } = await receiveUpload(request, {
        onSignature: async (envelope) => {
          const { payload, keyIds } = await verifyEnvelope(envelope, await tenant.trustedKeys(), new Date());
          const statement = parsePublishStatement(payload);
          requireOwnName(statement, organization.slug);
          await tenant.requireSameBytes(nameOf(statement), statement.subject[0].digest.sha256);
          return { envelope, statement, keyId: keyIds[0] as string };
        },
        onBundle: (stream, { statement }) =>
          artifacts.put(stream, { maxBytes: maxBundleBytes, sha256: statement.subject[0].digest.sha256, signal }),
      });
      const { version: row, created } = await tenant.createVersion(actor, {
        ...nameOf(signature.statement),
        artifactSha256: bundle.sha256,
        size: bundle.size,
        envelope: signature.envelope,
        keyId: signature.keyId,
      });
      if (created) {
        // The row is committed: a queue that is down only delays the verification, until the controller enqueues it again.
        await queues
          .enqueue('verifications', { versionId: row.id })
          .catch((err: unknown) => logger.warn({ err, versionId: row.id }, 'verification not enqueued'));
      }
      return { status: created ? 202 : 200, headers: { Location: `/v1/versions/${row.id}` }, body: row };
    } catch (error) {
      const { code, status } = asPaddockError(error);
      // What is our own fault says nothing about the upload.
      if (status < 500) {
        const subject = { type: 'organization', id: organization.id } as const;
        await db.system.recordAudit({
          organizationId: organization.id,
          actor,
          event: 'version.upload_refused',
          subject,
          data: { code },
        });
      }
      throw error;
    }
  },
});

const nameOf = ({ predicate: { plugin, version } }: PublishStatement) => ({ ...splitPluginName(plugin), version });

function requireOwnName({ predicate: { plugin } }: PublishStatement, slug: string): void {
  if (splitPluginName(plugin).publisher !== slug)
    throw new PaddockError('statement_name_mismatch', `Your organization publishes as ${slug}/….`);
}
