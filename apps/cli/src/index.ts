/** What other programs of this repository use of the command: its packing and signing, by the very same code. */
export { CliError, type CliErrorCode } from './errors.js';
export { type PackageOptions, packPackage } from './npm/packPackage.js';
export { type PackedFolder, type PackOptions, packFolder } from './pack/packFolder.js';
export { type LocalSandbox, openLocalSandbox } from './sandbox/localSandbox.js';
export { envelopeText, signBundle } from './signing.js';
export { LANGUAGES, type Language, templateFiles } from './template/template.js';
