/** What a verifier works with. Made once by main.ts. */
import type { ArtifactStore } from '@paddock/artifacts';
import type { Actor } from '@paddock/contracts';
import type { Database } from '@paddock/db';
import type { SandboxPool } from '@paddock/sandbox';
import type { Logger } from '@paddock/service';

export interface VerifierContext {
  readonly actor: Actor;
  readonly db: Database;
  readonly artifacts: ArtifactStore;
  readonly pool: SandboxPool;
  /** The scanner's own bundle, which runs in a sandbox. */
  readonly scanner: { readonly bundleDir: string; readonly entry: string };
  /** A folder of this verifier's own for unpacked bundles. */
  readonly scratchDir: string;
  /** What countersigns verdicts. */
  readonly registryKey: { readonly privateKeyPem: string; readonly keyId: string };
  readonly logger: Logger;
}
