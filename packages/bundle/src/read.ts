/** The Node half of the bundle's format: reading, listing and unpacking a .tgz that may be hostile. */
export { type InspectedBundle, inspectBundle, readEntry } from './inspectBundle.js';
export { type BundleEntry, type BundleSource, readBundle } from './readBundle.js';
export { readRegistryKeys } from './readRegistryKeys.js';
export { unpackBundle } from './unpackBundle.js';
