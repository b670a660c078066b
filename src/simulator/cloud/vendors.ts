// Vendor codes, their display names, and how their health and integrations are shown (5, 7).
import type { AssetKind, WorldPort } from '../types.ts';
import type { Faults } from './faults.ts';
import { inLanguage, interventionCatalogue } from './interventions.ts';
import { ALL_SCOPES } from './links.ts';
import { NotThere, Problem } from './problem.ts';
import type { CloudApp } from './state.ts';

const CHARGERS: Readonly<Record<string, string>> = {
  ZAPTEC: 'Zaptec',
  EASEE: 'Easee',
  WALLBOX: 'Wallbox',
  EO: 'EO',
  CHARGEAMPS: 'Charge Amps',
  EVBOX: 'EVBox',
  GOE: 'go-e',
  CHARGEPOINT: 'ChargePoint',
  ENELX: 'Enel X',
  TESLA: 'Tesla',
  OHME: 'Ohme',
  GARO: 'Garo',
  SCHNEIDER: 'Schneider Electric',
  PODPOINT: 'Pod Point',
  KEBA: 'KEBA',
  HYPERVOLT: 'Hypervolt',
  MYENERGI: 'myenergi',
  HEIDELBERG: 'Heidelberg',
};

const VEHICLES =
  'ACURA AUDI BMW HONDA HYUNDAI JAGUAR LANDROVER KIA MERCEDES MINI NISSAN PEUGEOT PORSCHE RENAULT SEAT SKODA TESLA ' +
  'VOLKSWAGEN VOLVO FORD OPEL DS TOYOTA LEXUS CITROEN CUPRA VAUXHALL FIAT RIVIAN NIO CHEVROLET GMC CADILLAC XPENG POLESTAR ' +
  'SUBARU JEEP MAZDA MG CHRYSLER DODGE RAM ALFAROMEO LANCIA LUCID BYD';

const UNUSUAL: Readonly<Record<string, string>> = {
  SKODA: 'Škoda',
  CITROEN: 'Citroën',
  LANDROVER: 'Land Rover',
  ALFAROMEO: 'Alfa Romeo',
  SEAT: 'SEAT',
  MINI: 'MINI',
  NIO: 'NIO',
  DS: 'DS',
  MG: 'MG',
  BYD: 'BYD',
  BMW: 'BMW',
  GMC: 'GMC',
  RAM: 'RAM',
};

const plain = (code: string): string => code.charAt(0) + code.slice(1).toLowerCase();

const NAMES: Readonly<Record<AssetKind, Readonly<Record<string, string>>>> = {
  vehicle: Object.fromEntries(VEHICLES.split(' ').map((code) => [code, UNUSUAL[code] ?? plain(code)])),
  charger: CHARGERS,
};

export function displayName(vendor: string): string {
  return NAMES.vehicle[vendor] ?? NAMES.charger[vendor] ?? plain(vendor);
}

/** The document's codes, and those a scenario invents. */
export function vendorsOf(world: WorldPort, kind: AssetKind): readonly string[] {
  const known = new Set(Object.keys(NAMES[kind]));
  for (const { identity } of (kind === 'vehicle' ? world.vehicles() : world.chargers()).values())
    known.add(identity.vendor);
  return [...known].sort();
}

export function catalogueRoutes(app: CloudApp, world: WorldPort, faults: Faults): void {
  const row = (vendor: string) => ({
    vendor,
    displayName: displayName(vendor),
    portalName: displayName(vendor),
    status: 'READY',
    linkingStatus: faults.has('outage', vendor) ? 'OUTAGE' : 'READY',
  });

  app.get('/health/ready', (c) => (faults.has('outage', '*') ? c.body(null, 503) : c.body(null, 204)));
  app.get('/health/vehicles', (c) => c.json(vendorsOf(world, 'vehicle').map(row)));
  app.get('/health/chargers', (c) => c.json(vendorsOf(world, 'charger').map(row)));
  for (const other of ['batteries', 'inverters', 'hvacs', 'meters']) app.get(`/health/${other}`, (c) => c.json([]));

  app.get('/integrations', (c) => {
    const asked = c.req.query('assetTypes')?.split(',');
    const kinds = (['vehicle', 'charger'] as const).filter((kind) => !asked || asked.includes(kind));
    const vendors = [...new Set(kinds.flatMap((kind) => vendorsOf(world, kind)))].sort();
    return c.json(
      vendors.map((vendor) => {
        const assetTypes = kinds.filter((kind) => vendorsOf(world, kind).includes(vendor));
        return { ...row(vendor), assetTypes, scopes: assetTypes.flatMap((kind) => ALL_SCOPES[kind]) };
      }),
    );
  });

  app.get('/interventions', (c) => {
    const { language, vendorType, vendor } = c.req.query();
    const found = interventionCatalogue.filter(
      (one) => (!vendorType || one.vendorType === vendorType) && (!vendor || one.vendor === vendor),
    );
    return c.json(found.map((one) => inLanguage(one, language)));
  });
  app.get('/interventions/:id', (c) => {
    const one = interventionCatalogue.find(({ id }) => id === c.req.param('id'));
    if (!one) throw new NotThere(`intervention ${c.req.param('id')}`);
    return c.json(inLanguage(one, c.req.query('language')));
  });
  // Assets of other kinds (13) exist in the API; this home has none.
  for (const other of ['batteries', 'inverters', 'meters', 'hvacs']) {
    const none = { data: [], pagination: { after: null, before: null } };
    app.get(`/${other}`, (c) => c.json(none));
    app.get(`/users/:userId/${other}`, (c) => c.json(none));
    app.get(`/${other}/:id`, (c) => {
      throw new Problem(404, `Could not find asset with ID ${c.req.param('id')}`);
    });
  }
}
