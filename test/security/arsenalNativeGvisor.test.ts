import { arsenalSuite } from '../support/arsenalSuite.js';
import { NATIVE_HARMS } from './harms/native.js';

await arsenalSuite('native', 'L3', NATIVE_HARMS);
