/** Whether these bytes are what the publisher signed. It trusts only the keys it is given, and reads nothing else. */
import { parsePublishStatement, verifyEnvelope } from '@paddock/bundle';
import {
  type BundleFile,
  PaddockError,
  type PublishStatement,
  splitPluginName,
  type TrustedKey,
} from '@paddock/contracts';

export interface IntegrityInput {
  /** The publisher's envelope, byte for byte as it was uploaded. */
  envelopeBytes: Uint8Array;
  /** The sha256 of the bundle, computed by whoever holds it. */
  artifactSha256: string;
  /** What the statement must name, as far as it is known beforehand. */
  expected?: { publisher?: string; plugin?: string; version?: string };
  /** The keys of the publisher in whose name the bundle comes, and of nobody else. */
  keys: readonly TrustedKey[];
  /** The moment at which the keys must be valid. */
  at: Date;
}

/**
 * @throws PaddockError with one of the `signature_` codes, `statement_malformed`, `statement_digest_mismatch` or
 *   `statement_name_mismatch`.
 */
export async function verifyIntegrity(input: IntegrityInput): Promise<PublishStatement> {
  const { payload } = await verifyEnvelope(input.envelopeBytes, input.keys, input.at);
  const statement = parsePublishStatement(payload);
  verifyDigest(statement, input.artifactSha256);
  verifyName(statement, input.expected ?? {});
  return statement;
}

function verifyDigest(statement: PublishStatement, sha256: string): void {
  if (statement.subject[0].digest.sha256 !== sha256) throw new PaddockError('statement_digest_mismatch');
}

function verifyName({ predicate }: PublishStatement, expected: NonNullable<IntegrityInput['expected']>): void {
  const named = {
    publisher: splitPluginName(predicate.plugin).publisher,
    plugin: predicate.plugin,
    version: predicate.version,
  };
  for (const key of ['publisher', 'plugin', 'version'] as const) {
    if (expected[key] !== undefined && expected[key] !== named[key]) {
      throw new PaddockError('statement_name_mismatch', `It is about ${named.plugin}@${named.version}.`);
    }
  }
}

/**
 * Whether a bundle holds just the files that its statement lists. Both lists are sorted by path, as statements and
 * `inspectBundle` have them.
 * @throws PaddockError `statement_files_mismatch`.
 */
export function verifyFiles(statement: PublishStatement, found: readonly BundleFile[]): void {
  const signed = statement.predicate.files;
  const same = (a: BundleFile, b: BundleFile | undefined) =>
    a.path === b?.path && a.mode === b.mode && a.size === b.size && a.sha256 === b.sha256;
  if (signed.length !== found.length || !signed.every((file, index) => same(file, found[index]))) {
    throw new PaddockError('statement_files_mismatch');
  }
}
