/**
 * `host/secrets`: opens a secret of the install for the plugin that asks, and remembers which values it gave to which
 * install, so that they can be kept out of what the run leaves behind.
 */
import { PaddockError } from '@paddock/contracts';
import type { Database } from '@paddock/db';
import { type Keyring, openSecret } from '@paddock/secrets';
import type { HostService, ServedRun } from './service.js';

const REDACTED = '[secret]';
/** Far more than there are sandboxes: only a sandbox of this process can know what this process gave away. */
const MAX_INSTALLS = 10_000;

/** The values that this process has given to each install's sandboxes; the longest unused install is forgotten first. */
export class GivenSecrets {
  readonly #values = new Map<string, Set<string>>();

  add(installId: string, value: string): void {
    const values = this.#values.get(installId) ?? new Set();
    this.#values.delete(installId);
    this.#values.set(installId, values.add(value));
    const [oldest] = this.#values.keys();
    if (this.#values.size > MAX_INSTALLS && oldest !== undefined) this.#values.delete(oldest);
  }

  /** The text without any value that the install was given. */
  redact(installId: string, text: string): string {
    // The longest first: one value may be a part of another.
    const values = [...(this.#values.get(installId) ?? [])].sort((a, b) => b.length - a.length);
    return values.reduce((rest, value) => rest.replaceAll(value, REDACTED), text);
  }
}

export function secretsService(
  { claim, allowed, note }: ServedRun,
  { db, secretKeys, givenSecrets }: { db: Database; secretKeys: Keyring; givenSecrets: GivenSecrets },
): HostService<'host/secrets.get'> {
  const { organizationId, installId } = claim;
  return {
    handlers: {
      'host/secrets.get': async ({ name }) => {
        if (!allowed.secrets?.includes(name)) throw new PaddockError('capability_not_granted', `It is ${name}.`);
        const place = { organizationId, installId, name };
        const sealed = await db.system.getSealedSecret(place);
        if (sealed === null) throw new PaddockError('secret_not_set', `It is ${name}.`);
        const value = openSecret(secretKeys, place, sealed);
        givenSecrets.add(installId, value);
        note(`secret ${name}`);
        return { value };
      },
    },
  };
}
