import { arsenalSuite } from '../support/arsenalSuite.js';
import { PYTHON_HARMS } from './harms/python.js';

await arsenalSuite('python', 'L1', PYTHON_HARMS);
