/**
 * The two statements (in-toto Statement v1): the publisher's, which binds publisher, name, version, digest and files, and the
 * registry's, which binds the same digest to a verdict. Parsing comes after the signature holds, never before.
 */
import {
  type BundleFile,
  type EvidenceDigest,
  PaddockError,
  PUBLISH_PREDICATE,
  PublishStatement,
  type ScannerVersion,
  STATEMENT_TYPE,
  VERDICT_PREDICATE,
  VerdictStatement,
} from '@paddock/contracts';
import { parseJson } from './json.js';

/** @throws PaddockError `statement_malformed` when a field is not of the form that contracts take. */
export function publishStatement(of: {
  plugin: string;
  version: string;
  files: readonly BundleFile[];
  sha256: string;
}): PublishStatement {
  return checkPublishStatement({
    _type: STATEMENT_TYPE,
    subject: [{ name: subjectName(of), digest: { sha256: of.sha256 } }],
    predicateType: PUBLISH_PREDICATE,
    predicate: { plugin: of.plugin, version: of.version, files: of.files },
  });
}

export interface VerdictFacts {
  plugin: string;
  version: string;
  /** Of the bundle. */
  sha256: string;
  verdict: VerdictStatement['predicate']['verdict'];
  scanners: readonly ScannerVersion[];
  evidence: readonly EvidenceDigest[];
  /** Of the publisher's envelope, byte for byte as it was checked. */
  envelopeSha256: string;
  verifiedAt: Date;
}

/** @throws PaddockError `statement_malformed` when a field is not of the form that contracts take. */
export function verdictStatement({ sha256, verifiedAt, ...facts }: VerdictFacts): VerdictStatement {
  return checkVerdictStatement({
    _type: STATEMENT_TYPE,
    subject: [{ name: subjectName(facts), digest: { sha256 } }],
    predicateType: VERDICT_PREDICATE,
    predicate: { ...facts, verifiedAt: verifiedAt.toISOString() },
  });
}

/**
 * Parses a payload that {@link verifyEnvelope} has passed.
 * @throws PaddockError `statement_malformed`: no strict JSON, another shape, a list of files that is not sorted or names a
 *   file twice, or a subject that names another plugin than the predicate.
 */
export function parsePublishStatement(payload: Uint8Array): PublishStatement {
  return checkPublishStatement(parseJson(payload, 'statement_malformed'));
}

/** As {@link parsePublishStatement}, for the registry's countersignature. */
export function parseVerdictStatement(payload: Uint8Array): VerdictStatement {
  return checkVerdictStatement(parseJson(payload, 'statement_malformed'));
}

function checkPublishStatement(value: unknown): PublishStatement {
  const statement = checkSubject(PublishStatement, value);
  const { files } = statement.predicate;
  const sorted = files.every((file, index) => index === 0 || (files[index - 1]?.path ?? '') < file.path);
  if (!sorted)
    throw new PaddockError('statement_malformed', 'The files are not in the order of their paths, each once.');
  return statement;
}

const checkVerdictStatement = (value: unknown): VerdictStatement => checkSubject(VerdictStatement, value);

const subjectName = ({ plugin, version }: { plugin: string; version: string }): string => `${plugin}@${version}`;

interface Statement {
  subject: [{ name: string }];
  predicate: { plugin: string; version: string };
}

function checkSubject<S extends Statement>(schema: { safeParse(value: unknown): ParseResult<S> }, value: unknown): S {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues
      .slice(0, 20)
      .map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
    throw new PaddockError('statement_malformed', undefined, { issues });
  }
  if (parsed.data.subject[0].name !== subjectName(parsed.data.predicate)) {
    throw new PaddockError('statement_malformed', 'Its subject and its predicate name different versions.');
  }
  return parsed.data;
}

type ParseResult<S> =
  | { success: true; data: S }
  | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
