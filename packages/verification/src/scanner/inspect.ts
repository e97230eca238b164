/**
 * Reads an uploaded bundle twice: once to know what it is, once to scan it, so that memory is bounded by one file. It runs
 * inside a sandbox, as the first code that ever parses these bytes.
 */
import { inspectBundle, readBundle, readEntry } from '@paddock/bundle/read';
import { type Finding, type Manifest, PaddockError } from '@paddock/contracts';
import { checkManifest } from '../manifest.js';
import { MAX_FINDINGS, type ScanReport } from '../report.js';
import { FILE_TIMEOUT_MS, isCode, MAX_CODE_BYTES, notScanned, scanFile } from '../scanFile.js';

/** All code of a bundle together; what lies beyond is reported as not scanned. */
const MAX_TOTAL_CODE_BYTES = 16 * 1024 * 1024;
const MAX_TOTAL_MS = 60_000;
/** Enough for any magic number, and for a package.json. */
const HEAD_BYTES = 64 * 1024;
/** Of one rule in the whole bundle, so that no rule's noise can push another's finding out of the report. */
const MAX_PER_RULE = 40;

/**
 * @param path of the .tgz, which MUST NOT change meanwhile.
 * @returns what the bundle holds and what was noticed, or why it was refused. The host's own errors throw.
 */
export async function inspect(path: string, expected: { plugin: string; version: string }): Promise<ScanReport> {
  try {
    const { files, manifestBytes } = await inspectBundle(path);
    const manifest = checkManifest(manifestBytes, files, expected);
    const paths = new Set(files.map((file) => file.path));
    return { files, manifest, findings: await scan(path, manifest, paths) };
  } catch (error) {
    if (!(error instanceof PaddockError)) throw error;
    const { code, detail, issues } = error;
    return { error: { code, detail: detail?.slice(0, 1000) ?? null, issues: issues.slice(0, 50) } };
  }
}

async function scan(path: string, manifest: Manifest, paths: ReadonlySet<string>): Promise<Finding[]> {
  const around = { capabilities: manifest.capabilities, paths };
  const kept = new Map<string, Finding[]>();
  let bytesLeft = MAX_TOTAL_CODE_BYTES;
  const end = performance.now() + MAX_TOTAL_MS;
  for await (const entry of readBundle(path)) {
    const code = isCode(entry.path, manifest.entry);
    const tooMuch = code ? excess(entry.size, bytesLeft, end) : null;
    const scannable = code && tooMuch === null;
    if (scannable) bytesLeft -= entry.size;
    const { data } = await readEntry(entry, scannable ? entry.size : HEAD_BYTES);
    const found = scanFile({
      file: { path: entry.path, bytes: data },
      isCode: scannable,
      around,
      timeoutMs: Math.max(1, Math.min(FILE_TIMEOUT_MS, end - performance.now())),
    });
    for (const finding of tooMuch === null ? found : [...found, notScanned(entry.path, tooMuch)]) {
      const same = kept.get(finding.rule) ?? [];
      if (same.length < MAX_PER_RULE) kept.set(finding.rule, [...same, finding]);
    }
  }
  return [...kept.values()].flat().slice(0, MAX_FINDINGS);
}

function excess(size: number, bytesLeft: number, end: number): string | null {
  if (size > MAX_CODE_BYTES) return `it takes more than ${MAX_CODE_BYTES} bytes.`;
  if (size > bytesLeft) return `the bundle’s code takes more than ${MAX_TOTAL_CODE_BYTES} bytes.`;
  return performance.now() > end ? 'the bundle’s code takes too long.' : null;
}
