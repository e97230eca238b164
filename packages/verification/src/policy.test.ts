import { SEVERITIES } from '@paddock/contracts';
import { expect, test } from 'vitest';
import { decide } from './policy.js';

test.each([
  [[], 'accepted'],
  [['info', 'low', 'medium'], 'accepted'],
  [['low', 'high'], 'review'],
  [['high', 'critical', 'info'], 'rejected'],
  [['critical'], 'rejected'],
] as const)('%j is %s', (severities, verdict) => {
  expect(decide(severities.map((severity) => ({ severity })))).toBe(verdict);
});

test('one finding more never makes a verdict milder', () => {
  const order = ['accepted', 'review', 'rejected'];
  for (const first of SEVERITIES) {
    for (const second of SEVERITIES) {
      expect(order.indexOf(decide([{ severity: first }, { severity: second }]))).toBeGreaterThanOrEqual(
        order.indexOf(decide([{ severity: first }])),
      );
    }
  }
});
