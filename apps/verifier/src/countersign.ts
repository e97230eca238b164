/** The registry's word on a version: its digest, the verdict, what the verdict rests on, and what it left. */
import { sha256Hex, signStatement, verdictStatement } from '@paddock/bundle';
import type { Evidence, ScannerVersion } from '@paddock/contracts';
import type { VersionToVerify } from '@paddock/db';
import type { VerifierContext } from './context.js';

export interface Verified {
  verdict: 'accepted' | 'review';
  scanners: ScannerVersion[];
  evidence: Evidence[];
}

/** @returns the bytes of a DSSE envelope over a verdict statement, by the registry's key. */
export async function countersign(
  version: Pick<VersionToVerify, 'publisher' | 'name' | 'version' | 'artifactSha256' | 'envelope'>,
  { verdict, scanners, evidence }: Verified,
  { registryKey }: Pick<VerifierContext, 'registryKey'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const statement = verdictStatement({
    plugin: `${version.publisher}/${version.name}`,
    version: version.version,
    sha256: version.artifactSha256,
    verdict,
    scanners,
    evidence: evidence.map(({ name, sha256 }) => ({ name, sha256 })),
    envelopeSha256: await sha256Hex(new Uint8Array(version.envelope)),
    verifiedAt: new Date(),
  });
  const { privateKeyPem, keyId } = await registryKey();
  const envelope = await signStatement(statement, privateKeyPem, keyId);
  return new TextEncoder().encode(JSON.stringify(envelope));
}
