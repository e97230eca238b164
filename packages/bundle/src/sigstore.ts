/**
 * Sigstore bundles: a statement signed without a key of one's own, by an identity that a certificate authority vouches for and
 * with an entry in a transparency log. Whose roots are believed is passed in; it asks nobody. Who may sign is the caller's to say:
 * what comes out is the identity, to be compared whole. The library compares identities by patterns, so that is left undone here.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DSSE_PAYLOAD_TYPE, PaddockError } from '@paddock/contracts';
import { bundleFromJSON, isBundleWithDsseEnvelope, ValidationError } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, VerificationError, Verifier } from '@sigstore/verify';
import type { SignedByIdentity, SigstoreVerifier } from './integrity.js';
import { parseJson } from './json.js';

const PUBLIC_INSTANCE = 'https://tuf-repo-cdn.sigstore.dev';

/**
 * @param trustedRoot a trusted root of Sigstore's as JSON: certificate authorities, logs and timestamp authorities.
 * @throws what the library throws when it is none
 */
export function openSigstore(trustedRoot: unknown): SigstoreVerifier {
  const root = TrustedRoot.fromJSON(trustedRoot);
  if (root.certificateAuthorities.length === 0 || root.tlogs.length === 0 || root.ctlogs.length === 0)
    throw new TypeError('a trusted root of Sigstore’s names certificate authorities and both kinds of logs');
  const verifier = new Verifier(toTrustMaterial(root), { tlogThreshold: 1, ctlogThreshold: 1, timestampThreshold: 1 });
  return (bytes) => verify(bytes, verifier);
}

/**
 * Opens what a setting names.
 * @param file of a trusted root; the public instance's unless given.
 * @throws what the file system throws, or as {@link openSigstore}
 */
export const loadSigstore = async (file: string | undefined): Promise<SigstoreVerifier> =>
  openSigstore(file === undefined ? publicTrustedRoot() : JSON.parse(await readFile(file, 'utf8')));

/** The trusted root of the public instance, as it was when the package that brings it was published. */
export function publicTrustedRoot(): unknown {
  // As this package finds it, whatever this module was made part of.
  const own = createRequire(import.meta.url).resolve('@paddock/bundle/package.json');
  const seeds = createRequire(own)('@sigstore/tuf/seeds.json') as Record<string, { targets: Record<string, string> }>;
  const root = seeds[PUBLIC_INSTANCE]?.targets['trusted_root.json'];
  if (root === undefined) throw new Error('@sigstore/tuf brings no trusted root');
  return JSON.parse(Buffer.from(root, 'base64').toString('utf8'));
}

function verify(bytes: Uint8Array, verifier: Verifier): SignedByIdentity {
  try {
    const bundle = bundleFromJSON(parseJson(bytes, 'signature_malformed'));
    if (!isBundleWithDsseEnvelope(bundle) || bundle.content.dsseEnvelope.payloadType !== DSSE_PAYLOAD_TYPE)
      throw new PaddockError('signature_malformed', 'The Sigstore bundle holds no in-toto statement.');
    const { identity } = verifier.verify(toSignedEntity(bundle));
    const [name, issuer] = [identity?.subjectAlternativeName, identity?.extensions?.issuer];
    if (!name || !issuer) throw new PaddockError('signature_invalid', 'The certificate names nobody.');
    return { payload: new Uint8Array(bundle.content.dsseEnvelope.payload), identity: name, issuer };
  } catch (error) {
    if (error instanceof PaddockError) throw error;
    if (error instanceof VerificationError)
      throw new PaddockError('signature_invalid', `Sigstore says: ${error.code}.`, { cause: error });
    if (error instanceof ValidationError)
      throw new PaddockError('signature_malformed', 'It is no Sigstore bundle of a form that we take.', {
        cause: error,
      });
    // Hostile certificates and log entries make the parsers behind the library throw anything at all.
    throw new PaddockError('signature_malformed', 'The Sigstore bundle can’t be read.', { cause: error });
  }
}
