/** Attacks on a host's own sandboxes, and the table of what each must come to: for `paddock doctor --attack` and the tests. */
export {
  type AttackOptions,
  type AttackReport,
  type Attempt,
  attack,
  judge,
} from './attack.js';
export { type AttackRow, attackRows } from './table.js';
