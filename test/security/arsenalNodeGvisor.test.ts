import { arsenalSuite } from '../support/arsenalSuite.js';
import { NODE_HARMS } from './harms/node.js';

await arsenalSuite('node', 'L3', NODE_HARMS);
