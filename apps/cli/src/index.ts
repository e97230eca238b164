/** What other programs of this repository use of the command: its packing and signing, by the very same code. */
export { CliError, type CliErrorCode } from './errors.js';
export { type PackedFolder, type PackOptions, packFolder } from './pack/packFolder.js';
export { envelopeText, signBundle } from './signing.js';
