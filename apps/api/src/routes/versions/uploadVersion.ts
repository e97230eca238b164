import { verifyProvenance, verifyPublisher } from '@paddock/bundle';
import { PaddockError, type PublishStatement, splitPluginName, Version } from '@paddock/contracts';
import { ADMINS, endpoint } from '../../endpoint.js';
import { asPaddockError } from '../../middleware/problem.js';
import { receiveUpload } from '../../receiveUpload.js';

/** The way of a bundle, its API half: signature, then provenance, then bytes of just that digest, then row and audit event, then the job. */
export default endpoint({
  method: 'post',
  path: '/v1/versions',
  operationId: 'uploadVersion',
  tag: 'versions',
  summary: 'Upload a signed version; its verification follows',
  description: 'The same bytes under the same version again answer 200 with the version as it stands.',
  access: ADMINS,
  multipart: {
    signature: { description: 'The DSSE envelope or the Sigstore bundle; it comes first' },
    provenance: { description: 'SLSA provenance, in an envelope or Sigstore bundle of its own', optional: true },
    bundle: { description: 'The .tgz whose sha256 the envelope states; it comes last' },
  },
  statuses: [202, 200],
  response: Version,
  errors: [
    'unsupported_media_type',
    'malformed_body',
    'upload_too_slow',
    'signature_missing',
    'signature_malformed',
    'signature_key_unknown',
    'signature_key_expired',
    'signature_key_revoked',
    'signature_identity_unknown',
    'signature_threshold',
    'signature_invalid',
    'statement_malformed',
    'statement_name_mismatch',
    'statement_digest_mismatch',
    'provenance_malformed',
    'provenance_signature_invalid',
    'provenance_digest_mismatch',
    'bundle_too_large',
    'bundle_empty',
    'version_exists',
  ],
  handle: async ({ actor, principal, request, signal, context }) => {
    const { db, artifacts, queues, sigstore, logger, maxBundleBytes, uploadTimeoutMs } = context;
    const { organization } = principal;
    const tenant = db.forTenant(organization.id);
    try {
      if (Number(request.get('Content-Length') ?? 0) > maxBundleBytes + 8 * 1024 * 1024)
        throw new PaddockError('bundle_too_large');
      const { signature, provenance, bundle } = await receiveUpload(request, {
        timeoutMs: uploadTimeoutMs,
        onSignature: async (envelope) => {
          const policy = await tenant.signaturePolicy();
          const expected = { publisher: organization.slug };
          const { statement, signers } = await verifyPublisher(envelope, {
            policy,
            sigstore,
            at: new Date(),
            expected,
          });
          await tenant.requireSameBytes(nameOf(statement), statement.subject[0].digest.sha256);
          return { envelope, statement, signers, policy };
        },
        onProvenance: async (envelope, { statement, policy: { keys } }) => {
          const { sha256 } = statement.subject[0].digest;
          return { envelope, stated: await verifyProvenance(envelope, { keys, sigstore, at: new Date(), sha256 }) };
        },
        onBundle: (stream, { statement }) =>
          artifacts.put(stream, { maxBytes: maxBundleBytes, sha256: statement.subject[0].digest.sha256, signal }),
      });
      const { version: row, created } = await tenant.createVersion(actor, {
        ...nameOf(signature.statement),
        artifactSha256: bundle.sha256,
        size: bundle.size,
        envelope: signature.envelope,
        signers: signature.signers,
        requiredSignatures: signature.policy.threshold,
        provenance,
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
