import { arsenalSuite } from '../support/arsenalSuite.js';
import { NATIVE_HARMS } from './harms/native.js';

await arsenalSuite('native', 'L1', NATIVE_HARMS);
