/** Starts the plugin in the sandbox that it would run in, and compares what it lists with what its manifest declares. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { unpackBundle } from '@paddock/bundle/read';
import { effectiveLimits, type Finding, type Manifest, PaddockError, type PublishStatement } from '@paddock/contracts';
import type { VersionToVerify } from '@paddock/db';
import type { VerifierContext } from './context.js';

/** @returns findings; @throws PaddockError for a fault of ours, or of the bundle's bytes */
export async function detonate(
  version: VersionToVerify,
  statement: PublishStatement,
  manifest: Manifest,
  verifier: VerifierContext,
): Promise<Finding[]> {
  const { artifacts, pool, scratchDir, logger } = verifier;
  const bundleDir = join(scratchDir, randomUUID());
  try {
    // The scanner, in its sandbox, has read these bytes to their end and found regular files of these paths only.
    await unpackBundle(await artifacts.open(version.artifactSha256), bundleDir, statement.predicate.files);
    const listing = await pool.listTools(
      {
        installId: randomUUID(),
        versionId: version.id,
        isolation: 'run',
        runtime: manifest.runtime,
        bundleDir,
        entry: manifest.entry,
        limits: effectiveLimits(manifest.limits, {}),
        hostServices: () => Promise.reject(new PaddockError('capability_not_granted')),
        onLog: ({ message }) => logger.debug({ message, versionId: version.id }, 'detonation'),
      },
      new AbortController().signal,
    );
    if (listing.tools === undefined) {
      return [finding('plugin_does_not_start', `It ended as ${listing.outcome}: ${listing.error?.message ?? ''}`)];
    }
    return compareTools(manifest, listing.tools);
  } finally {
    await rm(bundleDir, { recursive: true, force: true });
  }
}

/** Every tool as declared, no more and no less: name, description and schemas. */
function compareTools(manifest: Manifest, listed: readonly Record<string, unknown>[]): Finding[] {
  const shown = new Map(listed.map((tool) => [tool['name'], tool]));
  const differing = manifest.tools.filter(({ name, description, inputSchema, outputSchema }) => {
    const tool = shown.get(name);
    shown.delete(name);
    return (
      tool === undefined ||
      tool['description'] !== description ||
      !isDeepStrictEqual(tool['inputSchema'], inputSchema) ||
      !isDeepStrictEqual(tool['outputSchema'], outputSchema)
    );
  });
  const names = [...differing.map((tool) => tool.name), ...[...shown.keys()].map(String)];
  return names.length === 0
    ? []
    : [finding('tools_mismatch', `Declared and listed differ in: ${names.join(', ').slice(0, 500)}`)];
}

function finding(rule: 'plugin_does_not_start' | 'tools_mismatch', message: string): Finding {
  return { rule, severity: 'critical', message: message.slice(0, 1000), file: null, line: null, excerpt: null };
}
