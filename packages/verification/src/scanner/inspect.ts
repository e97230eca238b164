/**
 * Reads an uploaded bundle twice: once to know what it is, once to scan it, so that memory is bounded by one file. It runs
 * inside a sandbox, as the first code that ever parses these bytes.
 */
import { inspectBundle, readBundle, readEntry } from '@paddock/bundle/read';
import { type Finding, type Manifest, PaddockError } from '@paddock/contracts';
import { type Detected, firstOfEach, type Shown, undeclared } from '../abilities.js';
import { ByteScanner } from '../bytes/byteScanner.js';
import { BYTE_RULES } from '../bytes/rules.js';
import { languageOf } from '../languages.js';
import { checkManifest } from '../manifest.js';
import { MAX_FINDINGS, type ScanReport } from '../report.js';
import type { Rule } from '../rules/defineRule.js';
import { RULES } from '../rules/index.js';
import { ComponentCollector } from '../sbom/collect.js';
import type { Component } from '../sbom/component.js';
import { FILE_TIMEOUT_MS, MAX_CODE_BYTES, notScanned, scanFile } from '../scanFile.js';
import { findSecrets } from '../secrets/findSecrets.js';
import { type HitsOfFile, scanTogether } from '../together.js';

/** All code of a bundle together; what lies beyond is reported as not scanned. */
const MAX_TOTAL_CODE_BYTES = 16 * 1024 * 1024;
const MAX_TOTAL_MS = 75_000;
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
    return { files, manifest, ...(await scan(path, manifest, paths)) };
  } catch (error) {
    if (!(error instanceof PaddockError)) throw error;
    const { code, detail, issues } = error;
    return { error: { code, detail: detail?.slice(0, 1000) ?? null, issues: issues.slice(0, 50) } };
  }
}

async function scan(
  path: string,
  manifest: Manifest,
  paths: ReadonlySet<string>,
): Promise<{ findings: Finding[]; detected: Detected[]; components: Component[] }> {
  const { runtime, entry: started, capabilities } = manifest;
  const around = { runtime, entry: started, capabilities, paths };
  const found: Finding[] = [];
  const code: HitsOfFile[] = [];
  const shown: Shown[] = [];
  const components = new ComponentCollector();
  const byteScanner = new ByteScanner();
  let bytesLeft = MAX_TOTAL_CODE_BYTES;
  const end = performance.now() + MAX_TOTAL_MS;
  for await (const entry of readBundle(path)) {
    const { data } = await readEntry(entry, entry.size);
    const language = languageOf({ path: entry.path, bytes: data }, manifest);
    const isNative = language === 'native';
    // Of a program, only its tables are read.
    const codeBytes = isNative ? 0 : entry.size;
    const tooMuch = language === null ? null : excess(codeBytes, bytesLeft, end);
    const scannable = language !== null && tooMuch === null;
    if (scannable) bytesLeft -= codeBytes;
    components.add(entry, data);
    await byteScanner.add(entry.path, data);
    const { findings, hits } = scanFile({
      file: { path: entry.path, bytes: scannable ? data : data.subarray(0, HEAD_BYTES) },
      language: scannable ? language : null,
      around,
      timeoutMs: Math.max(1, Math.min(FILE_TIMEOUT_MS, end - performance.now())),
    });
    found.push(
      ...findings,
      ...findSecrets(entry.path, data),
      ...(tooMuch === null ? [] : [notScanned(entry.path, tooMuch)]),
    );
    if (scannable && !isNative) code.push({ path: entry.path, length: entry.size, hits });
    for (const { rule, line, excerpt } of hits)
      if (rule.ability)
        shown.push({ ability: rule.ability, file: entry.path, line, symbols: isNative ? excerpt : null });
    shown.push(...shownBy(findings, RULES));
  }
  const inBytes = byteScanner.findings;
  shown.push(...shownBy(inBytes, BYTE_RULES));
  return {
    findings: bounded([
      ...components.findings,
      ...inBytes,
      ...scanTogether(code, RULES),
      ...undeclared(shown, capabilities),
      ...found,
    ]),
    detected: firstOfEach(shown),
    components: components.components,
  };
}

/** The abilities that findings about whole files show. */
function shownBy(findings: readonly Finding[], rules: readonly Pick<Rule, 'id' | 'ability'>[]): Shown[] {
  return findings.flatMap(({ rule, file, line }) => {
    const ability = rules.find(({ id }) => id === rule)?.ability;
    return ability === undefined || file === null ? [] : [{ ability, file, line, symbols: null }];
  });
}

/** A few of each rule, so that no rule's noise can push another's finding out of the report. */
function bounded(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding[]>();
  for (const finding of findings) {
    const same = kept.get(finding.rule) ?? [];
    if (same.length < MAX_PER_RULE) kept.set(finding.rule, [...same, finding]);
  }
  return [...kept.values()].flat().slice(0, MAX_FINDINGS);
}

function excess(size: number, bytesLeft: number, end: number): string | null {
  if (size > MAX_CODE_BYTES) return `it takes more than ${MAX_CODE_BYTES} bytes.`;
  if (size > bytesLeft) return `the bundle’s code takes more than ${MAX_TOTAL_CODE_BYTES} bytes.`;
  return performance.now() > end ? 'the bundle’s code takes too long.' : null;
}
