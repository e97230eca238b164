/** Has the bundle read, its manifest checked and its code scanned, inside a sandbox: hostile bytes are parsed there only. */
import { randomUUID } from 'node:crypto';
import {
  type BundleFile,
  effectiveLimits,
  type Finding,
  type Limits,
  type Manifest,
  PaddockError,
  type PublishStatement,
} from '@paddock/contracts';
import { ScanReport } from '@paddock/verification';
import type { VerifierContext } from './context.js';

const MiB = 1024 * 1024;

/** What the scanner gets: more than a plugin does, since it holds a bundle's files and their syntax trees. */
const SCANNER_LIMITS: Limits = {
  ...effectiveLimits({}, {}),
  memoryBytes: 768 * MiB,
  cpuMillis: 1000,
  timeoutMs: 90_000,
  messageBytes: 8 * MiB,
  outputBytes: 16 * MiB,
  resultBytes: 8 * MiB,
};

export interface Scan {
  files: BundleFile[];
  /** Null when the scanner itself did not come to an end. */
  manifest: Manifest | null;
  findings: Finding[];
}

/** @throws PaddockError with the code of what is wrong with the bundle */
export async function scan(
  bundlePath: string,
  { predicate: { plugin, version } }: PublishStatement,
  { pool, scanner, logger }: VerifierContext,
): Promise<Scan> {
  const result = await pool.run(
    {
      installId: randomUUID(),
      versionId: 'scanner',
      isolation: 'run',
      runtime: 'node',
      bundleDir: scanner.bundleDir,
      entry: scanner.entry,
      limits: SCANNER_LIMITS,
      inputs: [{ hostPath: bundlePath, name: 'bundle.tgz' }],
      hostServices: () => Promise.reject(new PaddockError('host_service_unknown')),
      onLog: ({ message }) => logger.debug({ message }, 'scanner'),
    },
    { tool: 'inspect', input: { plugin, version } },
    new AbortController().signal,
  );
  if (result.outcome !== 'succeeded') {
    logger.warn({ outcome: result.outcome, error: result.error }, 'scan unfinished');
    return unfinished(`It ended as ${result.outcome}.`);
  }
  const report = ScanReport.safeParse(result.output);
  if (!report.success) return unfinished('It answered with something that is not a report.');
  if ('error' in report.data) {
    const { code, detail, issues } = report.data.error;
    throw new PaddockError(code, detail ?? undefined, { issues });
  }
  return report.data;
}

/** What can't be scanned is never accepted. */
function unfinished(why: string): Scan {
  const finding: Finding = {
    rule: 'scan-unfinished',
    severity: 'high',
    message: `The scan did not come to an end. ${why}`,
    file: null,
    line: null,
    excerpt: null,
  };
  return { files: [], manifest: null, findings: [finding] };
}
