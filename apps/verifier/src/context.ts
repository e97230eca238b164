/** What a verifier works with. Made once by main.ts. */
import type { ArtifactStore } from '@paddock/artifacts';
import type { SigstoreVerifier } from '@paddock/bundle';
import type { Actor } from '@paddock/contracts';
import type { Database } from '@paddock/db';
import type { SandboxPool } from '@paddock/sandbox';
import type { Logger } from '@paddock/service';
import type { RegistryKey } from './registryKey.js';

export interface VerifierContext {
  readonly actor: Actor;
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly pool: SandboxPool;
  /** Of a bundle's scan, in milliseconds. */
  readonly scanMs: number;
  /** Of each call of a detonation, in milliseconds; a plugin's own deadline may be shorter. */
  readonly detonationCallMs: number;
  /** The scanner's own bundle, which runs in a sandbox. */
  readonly scanner: { readonly bundleDir: string; readonly entry: string };
  /** A folder of this verifier's own for unpacked bundles. */
  readonly scratchDir: string;
  /** Checks keyless signatures. */
  readonly sigstore: SigstoreVerifier;
  /** What countersigns verdicts, as it is at the moment. */
  readonly registryKey: () => Promise<RegistryKey>;
  readonly logger: Logger;
}
