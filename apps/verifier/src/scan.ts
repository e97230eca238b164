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
import { type Component, type Detected, ScanReport } from '@paddock/verification';
import type { VerifierContext } from './context.js';

const MiB = 1024 * 1024;

/** What the scanner gets: more than a plugin does, since it holds a bundle's files and their syntax trees. */
const limitsFor = (scanMs: number): Limits => ({
  ...effectiveLimits({}, {}),
  memoryBytes: 768 * MiB,
  cpuMillis: 1000,
  timeoutMs: scanMs,
  cpuTimeMs: scanMs,
  messageBytes: 8 * MiB,
  outputBytes: 16 * MiB,
  resultBytes: 8 * MiB,
});

export interface Scan {
  files: BundleFile[];
  /** Null when the scanner itself did not come to an end. */
  manifest: Manifest | null;
  findings: Finding[];
  components: Component[];
  /** What the code can do, each with the first place that shows it. */
  detected: Detected[];
}

/** @throws PaddockError with the code of what is wrong with the bundle */
export async function scan(
  bundlePath: string,
  { predicate: { plugin, version } }: PublishStatement,
  { pool, scanner, scanMs, logger }: VerifierContext,
): Promise<Scan> {
  const result = await pool.run(
    {
      installId: randomUUID(),
      versionId: 'scanner',
      isolation: 'run',
      runtime: 'node',
      bundleDir: scanner.bundleDir,
      entry: scanner.entry,
      limits: limitsFor(scanMs),
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

/** The rule of a scan that did not come to its end. */
export const UNFINISHED = 'scan-unfinished';

/** What can't be scanned is never accepted. */
function unfinished(why: string): Scan {
  const finding: Finding = {
    rule: UNFINISHED,
    severity: 'high',
    message: `The scan did not come to an end. ${why}`,
    file: null,
    line: null,
    excerpt: null,
  };
  return { files: [], manifest: null, findings: [finding], components: [], detected: [] };
}
