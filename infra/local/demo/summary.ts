/** What the demo ends with: tables for a person, and the same as data. */
import type { Version } from '@paddock/client';
import type { RunState } from '@paddock/contracts';
import pc from 'picocolors';
import { bytes, milliseconds, table } from '../table.js';
import type { Play, PlayedRun } from './cast.js';
import { count } from './publish.js';
import type { StepRecord, Steps } from './steps.js';
import type { TrailFindings } from './trail.js';

/** What `--json` writes. */
export interface DemoReport {
  ok: boolean;
  /** What kept the demo from being played to its end. */
  error: string | null;
  steps: StepRecord[];
  uploads: {
    plugin: string;
    version: string;
    sha256: string;
    verdict: string | null;
    findings: number;
    state: string;
  }[];
  refusals: { upload: string; code: string }[];
  runs: {
    plugin: string;
    version: string;
    tool: string;
    tenant: string;
    state: RunState;
    error: string | null;
    usage: PlayedRun['run']['usage'];
  }[];
  audit: TrailFindings | null;
  /** In milliseconds. */
  durations: { stack: number; story: number; total: number };
}

export interface Ending {
  steps: Steps;
  play: Play | undefined;
  audit: TrailFindings | undefined;
  error: string | null;
  durations: DemoReport['durations'];
}

export function reportOf({ steps, play, audit, error, durations }: Ending): DemoReport {
  return {
    ok: error === null && audit !== undefined && steps.records.length > 0 && steps.failed.length === 0,
    error,
    steps: steps.records,
    uploads: [...(play?.versions.values() ?? [])].map(({ plugin, version, sha256, verdict, findings, state }) => ({
      ...{ plugin, version, sha256, verdict, findings: findings.length, state },
    })),
    refusals: play?.refusals ?? [],
    runs: (play?.runs ?? []).map(({ tenant, run: { plugin, version, tool, state, error: fault, usage } }) => ({
      ...{ plugin, version, tool, tenant, state, error: fault?.code ?? null, usage },
    })),
    audit: audit ?? null,
    durations,
  };
}

/** The tables, as text. */
export function summary({ play, steps, audit }: Ending): string {
  const parts: string[] = [];
  if (play !== undefined && play.versions.size > 0) parts.push(uploads(play));
  if (play !== undefined && play.runs.length > 0) parts.push(runs(play.runs));
  if (audit !== undefined) parts.push(trail(audit));
  const { failed, records } = steps;
  if (failed.length === 0) {
    parts.push(pc.green(`All ${records.length} steps held.`));
  } else {
    const list = failed.map(({ name, observed }) => `${pc.red('✗')} ${name}: ${observed}`);
    parts.push([pc.red(`${failed.length} of ${count(records.length, 'step')} did not hold:`), ...list].join('\n'));
  }
  return parts.join('\n\n');
}

function uploads({ versions, refusals }: Play): string {
  const rows = [...versions.values()].map((version) => [
    `${version.plugin} ${version.version}`,
    `sha256 ${version.sha256.slice(0, 12)}…`,
    verdictOf(version),
    version.state,
  ]);
  const refused = refusals.map(({ upload, code }) => [upload, '–', `refused: ${code}`, 'not stored']);
  return table(['uploaded', '', 'verified', 'now'], [...rows, ...refused]);
}

function verdictOf({ verdict, findings }: Version): string {
  return findings.length === 0 ? `${verdict}` : pc.yellow(`${verdict}, ${count(findings.length, 'finding')}`);
}

/** What a plugin did to be stopped for. */
const STOPPED: readonly RunState[] = ['timed_out', 'out_of_memory', 'cpu_exhausted', 'output_limit', 'protocol_error'];

function runs(played: readonly PlayedRun[]): string {
  const rows = played.map(({ tenant, run: { plugin, tool, state, usage } }) => [
    `${plugin} ${tool}`,
    tenant,
    STOPPED.includes(state) ? pc.yellow(`stopped: ${state}`) : state,
    ...(usage === null
      ? ['–', '–', '–', '–']
      : [
          milliseconds(usage.cpuUs / 1000),
          bytes(usage.peakMemoryBytes),
          milliseconds(usage.wallMs),
          bytes(usage.outputBytes),
        ]),
  ]);
  return table(['run', 'tenant', 'ended', '>CPU', '>peak memory', '>time', '>written'], rows);
}

function trail({ verdict, leaves, rootHash, lies }: TrailFindings): string {
  return table(
    ['audit trail', ''],
    [
      [`${leaves} leaves, root ${rootHash.slice(0, 12)}…`, verdict],
      ...lies.map(({ lie, verdict: found, reason, firstBadSeq }) => [
        `a copy with ${lie}`,
        `${found}: ${reason}${firstBadSeq === null ? '' : `, number ${firstBadSeq}`}`,
      ]),
    ],
  );
}
