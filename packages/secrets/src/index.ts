/** Seals the secrets of installs for the database, and opens them again. */
export { type Keyring, loadKeyring } from './keyring.js';
export { openSecret, type SealedSecret, type SecretPlace, SecretsError, sealSecret } from './seal.js';
