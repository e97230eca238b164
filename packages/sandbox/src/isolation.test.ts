import { describe, expect, it } from 'vitest';
import type { IsolationControl } from './controls.js';
import { HostIsolation, missingControls, reportOf } from './isolation.js';

const control = (
  name: string,
  neededFor: IsolationControl['neededFor'],
  kernel: IsolationControl['kernel'] = 'host',
  held = true,
): IsolationControl => ({ name, kernel, neededFor, held, detail: '' });

const L1 = [control('seccomp', 'L1'), control('user_namespace', 'L2', 'host', false)];
const L2 = [control('seccomp', 'L1'), control('user_namespace', 'L2')];
const GVISOR = [control('seccomp', 'L1', 'gvisor'), control('own_kernel', 'L3', 'gvisor')];
const without = (controls: IsolationControl[], name: string) =>
  controls.map((one) => (one.name === name ? { ...one, held: false } : one));

describe('the levels of a host', () => {
  it.each([
    ['nothing was found', [], 'refuse', []],
    ['a control is missing that every run needs', without(L2, 'seccomp'), 'refuse', []],
    ['the same, with a gVisor that has it', [...without(L2, 'seccomp'), ...GVISOR], 'refuse', []],
    ['one of L2 is missing', L1, 'L1', ['L1 host']],
    ['all of L2 are there', L2, 'L2', ['L2 host']],
    ['there is gVisor', [...L1, ...GVISOR], 'L3', ['L1 host', 'L3 gvisor']],
    ['gVisor’s own kernel is missing', [...L2, ...without(GVISOR, 'own_kernel')], 'L2', ['L2 host']],
    ['gVisor lacks what every run needs', [...L2, ...without(GVISOR, 'seccomp')], 'L2', ['L2 host']],
  ])('are right when %s', (_why, controls, level, places) => {
    const report = reportOf(controls);
    expect(report.level).toBe(level);
    expect(report.places.map((place) => `${place.level} ${place.kernel}`)).toEqual(places);
  });

  it('give a run the weakest place that is strong enough, and none that is not', async () => {
    const isolation = await HostIsolation.prove(async () => reportOf([...L1, ...GVISOR]));
    expect(isolation.placeFor('L1')).toEqual({ level: 'L1', kernel: 'host' });
    expect(isolation.placeFor('L1', 'L2')).toEqual({ level: 'L3', kernel: 'gvisor' });
    const weak = await HostIsolation.prove(async () => reportOf(L1));
    expect(weak.placeFor('L2', 'L1')).toBeUndefined();
  });

  it('are not there at all on a host that lacks a control, which is named', async () => {
    const proving = HostIsolation.prove(async () => reportOf(without(L2, 'seccomp')));
    await expect(proving).rejects.toMatchObject({ code: 'isolation_insufficient', issues: [{ path: 'seccomp' }] });
  });

  it('follow what the probe finds later; what is worse must be found twice', async () => {
    const found = [
      [...L2, ...GVISOR],
      without(L2, 'seccomp'),
      [...L2, ...GVISOR],
      without(L2, 'seccomp'),
      without(L2, 'seccomp'),
      L2,
    ];
    const isolation = await HostIsolation.prove(async () => reportOf(found.shift() ?? []));
    expect(await isolation.probeAgain()).toBe(false);
    expect(isolation.level).toBe('L3');
    expect(await isolation.probeAgain()).toBe(true);
    expect(isolation.level).toBe('refuse');
    expect(isolation.placeFor('L1')).toBeUndefined();
    expect(await isolation.probeAgain()).toBe(true);
    expect(isolation.level).toBe('L2');
  });

  it('name what is missing for a level', () => {
    const report = reportOf([...L1, ...without(GVISOR, 'own_kernel')]);
    const names = (level: 'L1' | 'L2' | 'L3') => missingControls(report, level).map(({ name }) => name);
    expect([names('L1'), names('L2'), names('L3')]).toEqual([[], ['user_namespace'], ['user_namespace', 'own_kernel']]);
  });
});
