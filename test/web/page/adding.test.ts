// Linking step by step: which brands are offered, and what has appeared since the login page was asked for.
import { describe, expect, it } from 'vitest';
import type { BrandRow, OnboardingView } from '../../../src/domain/telling/onboarding.ts';
import { addingOf, brandsFor, foundIn, knownIn, resumed } from '../../../src/web/page/adding.ts';

const brand = (vendor: string, name: string, kinds: BrandRow['kinds'] = ['vehicle']): BrandRow => ({
  vendor,
  name,
  kinds,
  start: 'unknown',
  stop: 'unknown',
  locate: 'unknown',
  reliable: 'unknown',
  policy: 'optional',
  expectation: 'unknown',
  sentence: '',
  success: { before: { tries: 0, ok: 0 }, after: { tries: 0, ok: 0 } },
  proposal: null,
  linking: null,
});

const view = (vehicles: readonly string[], chargers: readonly string[]): OnboardingView => ({
  users: [
    {
      id: 'home',
      vehicles: vehicles.map((id) => ({
        id,
        name: `car ${id}`,
        vendor: 'KIA',
        brand: 'Kia',
        word: 'complete',
        sentence: '',
        prompt: 'none',
        canDismiss: false,
        loginInvalid: false,
        interventions: [],
      })),
      chargers: chargers.map((id) => ({
        id,
        name: `box ${id}`,
        vendor: 'EASEE',
        place: null,
        locationId: null,
        loginInvalid: false,
      })),
    },
  ],
  brands: [],
  brandsDate: '2026-11-25',
  defaultPolicy: 'optional',
});

describe('brands', () => {
  const brands = [
    brand('TESLA', 'Tesla', ['vehicle', 'charger']),
    brand('CITROEN', 'Citroën'),
    brand('EASEE', 'Easee', ['charger']),
    brand('ALFAROMEO', 'Alfa Romeo'),
  ];
  const found = (kind: 'vehicle' | 'charger', filter: string) =>
    brandsFor(brands, { ...addingOf(kind), filter }).map(({ vendor }) => vendor);

  it('are those that make such a device, by name', () => {
    expect(found('vehicle', '')).toEqual(['ALFAROMEO', 'CITROEN', 'TESLA']);
    expect(found('charger', '')).toEqual(['EASEE', 'TESLA']);
  });

  it('are found without accents, in the middle of the name, the beginning first', () => {
    expect(found('vehicle', 'citroe')).toEqual(['CITROEN']);
    expect(found('vehicle', ' ROMEO ')).toEqual(['ALFAROMEO']);
    expect(found('vehicle', 'a')).toEqual(['ALFAROMEO', 'TESLA']);
    expect(found('vehicle', 'zzz')).toEqual([]);
  });
});

describe('what appeared', () => {
  const adding = (known: ReadonlySet<string>) => ({
    ...addingOf('vehicle'),
    session: { url: 'https://link.example', until: null, warning: null, known },
  });

  it('is nothing before a login page was asked for', () => {
    expect(foundIn(view(['a'], []), addingOf('vehicle'))).toEqual([]);
  });

  it('is every device that was not there then, of either kind', () => {
    const known = knownIn(view(['a'], ['x']));
    expect(foundIn(view(['a'], ['x']), adding(known))).toEqual([]);
    expect(foundIn(view(['a', 'b'], ['x', 'y']), adding(known))).toEqual([
      { id: 'b', name: 'car b', kind: 'vehicle' },
      { id: 'y', name: 'box y', kind: 'charger' },
    ]);
  });

  it('coming back goes on while nothing has appeared, and begins anew for the next device', () => {
    const waiting = adding(knownIn(view(['a'], [])));
    expect(resumed(view(['a'], []), waiting, 'vehicle')).toBe(waiting);
    expect(resumed(view(['a', 'b'], []), waiting, 'vehicle')).toEqual(addingOf('vehicle'));
    expect(resumed(view(['a'], []), waiting, 'charger')).toEqual(addingOf('charger'));
    expect(resumed(null, { ...addingOf('vehicle'), filter: 'kia' }, 'vehicle')).toEqual(addingOf('vehicle'));
  });
});
