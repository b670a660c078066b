// The catalogue of things a user can do to unblock a capability (section 7): the ones the document names, and one for relinking.
import type { AssetKind } from '../types.ts';
import { Problem } from './problem.ts';

export interface Intervention {
  readonly id: string;
  readonly vendor: string | null;
  readonly vendorType: AssetKind | null;
  readonly brand: string | null;
  readonly introducedAt: string;
  readonly domain: 'Account' | 'Device';
  readonly resolution: {
    readonly title: string;
    readonly description: string;
    readonly access: 'Remote' | 'Physical';
    readonly agent: 'User' | 'ThirdParty';
    readonly action: 'Link' | null;
  };
}

/** Id of "log in again", set on every asset of an account whose credentials ended. */
export const RELINK = '5f3c1ad8-9d0b-4a43-8d5e-6c1f4f2b7a10';

type Row = readonly [
  id: string,
  vendor: string,
  brand: string,
  title: string,
  description: string,
  physical?: boolean,
  link?: boolean,
];

const ROWS: readonly Row[] = [
  [
    '3b2891a9-5dcf-4691-b850-b5ea36b57c2e',
    'TESLA',
    'Tesla',
    'Add a phone key',
    'Open the link on your phone beside the car.<br>Approve the key with your key card.',
    true,
    true,
  ],
  [
    'c1b8a5de-2f43-4f0b-8f59-0b6d3f0c9a21',
    'AUDI',
    'Audi',
    'Accept the terms',
    'Open the myAudi app and accept the new terms of use.',
  ],
  [
    '06197b76-966e-414a-b174-7a00cde49f30',
    'FORD',
    'Ford',
    'Activate FordPass Connect',
    'Open the FordPass app in the car and activate FordPass Connect.',
    true,
  ],
  [
    '0defa374-8a1a-4eb1-a85f-b7cb09501097',
    'VOLKSWAGEN',
    'Volkswagen',
    'Complete your profile',
    'Open the Volkswagen app and fill in your profile.',
  ],
  [
    '644d2a0f-6774-489b-b57d-07cf00261467',
    'VOLKSWAGEN',
    'Volkswagen',
    'Activate Car-Net in the car',
    'Start the car and activate Car-Net in its settings.',
    true,
  ],
  [
    'd88a46e9-fc8b-4f71-ae50-b8610f4faead',
    'VOLKSWAGEN',
    'Volkswagen',
    'Become primary user',
    'Make yourself the primary user of the car.',
    true,
  ],
  [
    'e8d1b66d-9e41-4a1e-8cab-d9f6da40adb9',
    'VOLKSWAGEN',
    'Volkswagen',
    'Subscribe to We Connect',
    'Subscribe to We Connect in the Volkswagen shop.',
  ],
  [
    'b9acf87e-d7c8-426b-80a7-c925b5b90d6f',
    'VOLKSWAGEN',
    'Volkswagen',
    'Update to ID software 3.0',
    'Let a workshop install ID software 3.0 or later.',
    true,
  ],
  [
    '9e9af174-03ad-4448-9092-b2988b10cdb0',
    'VOLKSWAGEN',
    'Volkswagen',
    'Enable Parking Position',
    'Enable "Parking Position" in the privacy settings of the car.',
    true,
  ],
  [
    '3e861d64-9c00-4c97-9475-a1b4a9881e79',
    'VOLKSWAGEN',
    'Volkswagen',
    'Enable Charging',
    'Enable "Charging" in the privacy settings of the car.',
    true,
  ],
  [
    '4099b5db-b050-40df-a1bb-e3633bf14d1f',
    'VOLKSWAGEN',
    'Volkswagen',
    'Enable Departure times',
    'Enable "Departure times" in the privacy settings of the car.',
    true,
  ],
];

export const interventionCatalogue: readonly Intervention[] = [
  ...ROWS.map(
    ([id, vendor, brand, title, description, physical, link]): Intervention => ({
      id,
      vendor,
      vendorType: 'vehicle',
      brand,
      introducedAt: '2023-12-15T00:00:00.000Z',
      domain: vendor === 'AUDI' || title === 'Complete your profile' ? 'Account' : 'Device',
      resolution: {
        title,
        description,
        access: physical ? 'Physical' : 'Remote',
        agent: 'User',
        action: link ? 'Link' : null,
      },
    }),
  ),
  {
    id: RELINK,
    vendor: null,
    vendorType: null,
    brand: null,
    introducedAt: '2024-03-01T00:00:00.000Z',
    domain: 'Account',
    resolution: {
      title: 'Log in again',
      description: 'The vendor no longer accepts your login.<br>Log in again.',
      access: 'Remote',
      agent: 'User',
      action: 'Link',
    },
  },
];

/** Titles that exist in other languages; all else falls back to English. */
const TITLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'de-DE': { [RELINK]: 'Erneut anmelden', '3b2891a9-5dcf-4691-b850-b5ea36b57c2e': 'Telefonschlüssel hinzufügen' },
  'nb-NO': { [RELINK]: 'Logg inn på nytt' },
};

const LANGUAGES = /^(en-US|en-GB|de-DE|fr-FR|es-ES|pt-PT|nl-NL|nl-BE|nb-NO|sv-SE|da-DK|fi-FI|ro-RO|it-IT|browser)$/;

export function inLanguage(one: Intervention, language: string | undefined): Intervention {
  if (language !== undefined && !LANGUAGES.test(language))
    throw new Problem(400, '`language` is not a known language.');
  const title = TITLES[language ?? 'en-US']?.[one.id];
  return title ? { ...one, resolution: { ...one.resolution, title } } : one;
}
