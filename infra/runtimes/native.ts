/** The `native` runtime: nothing at all. A static executable brings what it needs. */
import type { ImageContents } from './image.js';

export const nativeContents: ImageContents = { runtime: 'native', version: '1', files: [] };
