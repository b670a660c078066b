// R6: the same VIN or serial twice: one leads, the other observes.
import { describe, expect, it } from 'vitest';
import { leaderOf } from '../../../src/domain/belief/twin.ts';
import { describeOnboarding } from '../../../src/domain/telling/onboarding.ts';
import { sentence } from '../../../src/words/sentence.ts';
import { at, charger, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';
import { stage } from '../../support/stage.ts';

const VIN = 'KNAC381A0N0000001';
const two = { users: ['ann', 'bob'] };
const cars = (serial: string | null = VIN) => [
  vehicle({ id: 'anns', userId: 'ann', serial }),
  vehicle({ id: 'bobs', userId: 'bob', serial }),
];

describe('R6 one device under two users', () => {
  it('the one of the first user in the options leads, whoever was linked first', () => {
    for (const users of [two.users, [...two.users].reverse()]) {
      const site = testSite({ users });
      site.report(...cars().reverse());
      const [leader, other] = users[0] === 'ann' ? ['anns', 'bobs'] : ['bobs', 'anns'];
      expect([leaderOf(site.view, leader!), leaderOf(site.view, other!)]).toEqual([null, leader]);
    }
  });

  it('the other is only observed: its mode decides nothing, and onboarding says to link both under one user', () => {
    const site = testSite(two);
    site.report(...cars());
    for (const id of ['anns', 'bobs']) site.order(at(0), id, { kind: 'mode', mode: 'now' });
    expect(site.verdict('anns', at(0))).toBe('start now_starting');
    expect(site.verdict('bobs', at(0))).toBe('leave twin_user');
    site.tell(at(0), { kind: 'listed', assets: 'charger', users: two.users, ids: [] });
    const { users } = describeOnboarding(site.view, (reason) => sentence(reason, 'en'), at(0));
    expect(users[1]!.vehicles[0]!.sentence).toMatch(/under ann, too.*Link car and charger under one user/);
  });

  it('its switch is refused in words, and nothing is sent', async () => {
    const home = await stage({ settings: two, bare: true });
    await home.tell(...cars().map((report) => ({ kind: 'vehicle_reported', report }) as const));
    const reply = await home.charging('start', { subject: 'bobs' });
    expect(reply).toMatchObject({ ok: false, reason: { code: 'twin_user', params: { user: 'ann' } } });
    expect(home.told()).toEqual([]);
    await home.charging('start', { subject: 'anns' });
    expect(home.told()).toEqual(['START anns']);
  });

  it('a wish that was open when the twin appeared is not sent any more', async () => {
    const home = await stage({ settings: two, bare: true });
    const [anns, bobs] = cars();
    await home.tell({ kind: 'vehicle_reported', report: bobs! });
    await home.charging('start', { subject: 'bobs' });
    await home.answer({ kind: 'unsent', why: 'no' });
    await home.tell({ kind: 'vehicle_reported', report: anns! });
    await home.advance(300);
    expect(home.told()).toEqual(['START bobs']);
    expect(home.state('bobs')).toMatchObject({ command: 'refused' });
  });

  it('once the leader is unlinked the other leads', () => {
    const site = testSite(two);
    site.report(...cars());
    site.tell(at(1), { kind: 'listed', assets: 'vehicle', users: ['ann'], ids: [] });
    expect(leaderOf(site.view, 'bobs')).toBeNull();
  });

  it('a user who is no longer ours leads nothing', () => {
    const before = testSite(two);
    before.report(...cars());
    const after = testSite({ users: ['bob'] });
    for (const table of ['vehicle', 'twin'] as const)
      for (const [id, record] of before.site[table]) after.put(table, id, record as never);
    expect(leaderOf(after.view, 'bobs')).toBeNull();
  });

  it('by two accounts of one user: the reason names that', () => {
    const site = testSite();
    site.report(vehicle({ id: 'a', serial: VIN }), vehicle({ id: 'b', serial: ` ${VIN.toLowerCase()} ` }));
    expect(site.verdict('b', at(0))).toBe('leave twin_account');
  });

  it('chargers are the same by serial and maker', () => {
    const site = testSite(two);
    const box = (id: string, userId: string, vendor: string) => charger({ id, userId, vendor, serial: 'EH-123456' });
    site.report(box('a', 'ann', 'EASEE'), box('b', 'bob', 'EASEE'), box('c', 'bob', 'ZAPTEC'));
    expect(['a', 'b', 'c'].map((id) => leaderOf(site.view, id))).toEqual([null, 'a', null]);
  });

  it.each([null, '', 'VIN1', 'UNKNOWN', '0000000000', 'N/A'])('%j names no device', (serial) => {
    const site = testSite(two);
    site.report(...cars(serial));
    expect(leaderOf(site.view, 'bobs')).toBeNull();
  });
});
