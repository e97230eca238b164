import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttackReport, attack, attackRows, judge } from '../attacks/index.js';
import { openTestHost, type TestHost } from './harness.js';

describe('what an attacker in a sandbox gets', () => {
  let test: TestHost;
  let report: AttackReport;
  beforeAll(async () => {
    test = await openTestHost();
    report = await attack(test.host, { place: { level: 'L1', kernel: 'host' } });
  });
  afterAll(async () => expect(await test.leftovers()).toEqual([]));

  it.each(attackRows('L1'))('$name, to $aim: $expected', ({ name, expected }) => {
    const attempt = report.attempts.find((one) => one.name === name);
    expect(expected).toContain(attempt?.outcome);
  });
  it('is all in the table, which has at least 200 rows', () => {
    expect(report.attempts.filter(({ held }) => !held)).toEqual([]);
    expect(report.held).toBe(true);
    expect(report.attempts.length).toBeGreaterThanOrEqual(200);
  });
});

describe('the report', () => {
  const good = attackRows('L1').map(({ name, expected }) => ({ name, outcome: expected[0] }));
  it('holds when everything came to what it must', () => expect(judge(good, 'L1').held).toBe(true));
  it('does not hold without an attempt, with another outcome, or with a row that the table has not', () => {
    expect(judge([], 'L1').held).toBe(false);
    expect(judge(good.slice(1), 'L1')).toMatchObject({ held: false });
    const other = { name: 'bpf', outcome: 'EINVAL' };
    expect(judge([...good, other], 'L1').attempts.filter(({ held }) => !held)).toMatchObject([other]);
    const foreign = { name: 'teleport', outcome: 'ok' };
    expect(judge([...good, foreign], 'L1').attempts.filter(({ held }) => !held)).toMatchObject([foreign]);
  });
});
