/**
 * Starts the plugin in the sandbox that it would run in: unpack → list its tools → call each, by its examples or by the least
 * that its schema asks for → what it did, as findings and as a profile. Its host is a fake one, whose secrets are canaries.
 */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackBundle } from '@paddock/bundle/read';
import {
  effectiveLimits,
  type Finding,
  type Manifest,
  type ObservedProfile,
  type PublishStatement,
  type ScannerVersion,
} from '@paddock/contracts';
import type { VersionToVerify } from '@paddock/db';
import { differingTools, type Observed, type RunPlan } from '@paddock/sandbox';
import type { VerifierContext } from './context.js';
import { callsOf, judge } from './detonation/calls.js';
import { Canaries } from './detonation/canaries.js';
import { FakeHost } from './detonation/fakeHost.js';
import { finding } from './detonation/findings.js';

/** Its version changes with what a detonation does or looks for. */
export const DETONATION: ScannerVersion = { name: 'paddock-detonation', version: '1' };

/** Of all calls together; the rest is left out. */
const ALL_CALLS_MS = 30_000;
/** So many calls may end otherwise than by an answer; whoever goes on like that has its sandbox made anew each time. */
const MAX_BROKEN = 2;

export interface Detonation {
  findings: Finding[];
  /** Null when nothing could be seen. */
  profile: ObservedProfile | null;
}

/** @throws PaddockError for a fault of ours, or of the bundle's bytes */
export async function detonate(
  version: VersionToVerify,
  statement: PublishStatement,
  manifest: Manifest,
  { artifacts, pool, scratchDir, detonationCallMs, logger }: VerifierContext,
): Promise<Detonation> {
  const bundleDir = join(scratchDir, randomUUID());
  const installId = randomUUID();
  const host = new FakeHost(manifest.capabilities, new Canaries());
  const limits = effectiveLimits(manifest.limits, {});
  const plan: RunPlan = {
    installId,
    versionId: version.id,
    isolation: 'install',
    runtime: manifest.runtime,
    bundleDir,
    entry: manifest.entry,
    limits,
    observe: true,
    hostServices: host.answer,
    onLog: ({ message }) => {
      host.expose('its log', message);
      logger.debug({ message, versionId: version.id }, 'detonation');
    },
    onProgress: ({ message }) => host.expose('its progress', message ?? ''),
  };
  const signal = new AbortController().signal;
  try {
    // The scanner, in its sandbox, has read these bytes to their end and found regular files of these paths only.
    await unpackBundle(await artifacts.open(version.artifactSha256), bundleDir, statement.predicate.files);
    const listing = await pool.listTools(plan, signal);
    const seen: Observed[] = [listing.observed];
    const answered = new Set<string>();
    const findings: Finding[] = [];
    if (listing.tools === undefined) {
      findings.push(
        finding('plugin_does_not_start', `It ended as ${listing.outcome}: ${listing.error?.message ?? ''}`),
      );
    } else {
      const names = differingTools(manifest.tools, listing.tools).join(', ').slice(0, 500);
      if (names !== '') findings.push(finding('tools_mismatch', `They are: ${names}`));
      const end = performance.now() + ALL_CALLS_MS;
      let broken = 0;
      for (const call of callsOf(manifest)) {
        const deadlineMs = Math.min(detonationCallMs, end - performance.now());
        if (deadlineMs < 1 || broken > MAX_BROKEN) {
          findings.push(finding('detonation-unfinished', `It was left before ${call.tool.name}.`));
          break;
        }
        const before = host.answered;
        const result = await pool.run(plan, { tool: call.tool.name, input: call.input, deadlineMs }, signal);
        seen.push(result.observed);
        if (result.outcome !== 'succeeded' && result.outcome !== 'failed') broken += 1;
        if (result.outcome === 'succeeded') answered.add(call.tool.name);
        host.expose(`the result of ${call.tool.name}`, JSON.stringify(result.output ?? result.error ?? null));
        findings.push(...judge(call, result, host.answered > before));
      }
    }
    return { findings: [...findings, ...host.findings], profile: profileOf(host, seen, [...answered].sort()) };
  } finally {
    await pool.destroyWhere((key) => key.installId === installId);
    await rm(bundleDir, { recursive: true, force: true });
  }
}

function profileOf(host: FakeHost, seen: readonly Observed[], tools: string[]): ObservedProfile {
  const most = (of: (one: Observed) => number) => Math.max(0, ...seen.map(of));
  const files = seen.flatMap(({ tmpFiles }) => tmpFiles ?? []);
  return {
    tools,
    hostServices: { ...host.hostServices },
    refused: { ...host.refused },
    kvKeys: [...host.kvKeys].sort(),
    tmpFiles: seen.every(({ tmpFiles }) => tmpFiles === null) ? null : [...new Set(files)].sort().slice(0, 50),
    peakPids: most(({ peakPids }) => peakPids),
    cpuUs: seen.reduce((sum, { cpuUs }) => sum + cpuUs, 0),
    peakMemoryBytes: most(({ peakMemoryBytes }) => peakMemoryBytes),
  };
}
