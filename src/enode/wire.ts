// The shapes of Enode's answers (API version 2024-10-01), read leniently: what is missing or odd becomes null; only an element
// without its id, its owner or its state is unreadable, and costs nothing but its own update.
import { z } from 'zod';
import { createLenient, fieldsOf, idText, type Lenient, watchFields } from './lenient.ts';
import type { Oddities } from './oddities.ts';

/** A field we know of and do not use. */
const ignored = z.unknown().optional();

/** What can be read out of one element of a list. `id` is known even when the rest is not, so that nothing counts as gone. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly id: string | null };

export type Reader<T> = (raw: unknown) => Read<T>;

export function createWire(oddities: Oddities) {
  const lenient = createLenient(oddities);
  return {
    vehicle: reader('vehicle', vehicleSchema(lenient), oddities),
    charger: reader('charger', chargerSchema(lenient), oddities),
    action: reader('action', actionSchema(lenient), oddities),
    limitAction: reader('action', limitActionSchema(lenient), oddities),
    user: reader('user', userSchema, oddities),
    location: reader('location', locationSchema, oddities),
    schedule: reader('schedule', scheduleSchema, oddities),
    smartCharging: reader('smartCharging', smartChargingSchema, oddities),
    intervention: reader('intervention', interventionSchema(lenient), oddities),
    link: reader('link', linkSchema, oddities),
    vendor: reader('vendor', vendorSchema(lenient), oddities),
  };
}

export type Wire = ReturnType<typeof createWire>;
export type WireVehicle = z.infer<ReturnType<typeof vehicleSchema>>;
export type WireCharger = z.infer<ReturnType<typeof chargerSchema>>;
export type WireAction = z.infer<ReturnType<typeof actionSchema>>;
export type WireLimitAction = z.infer<ReturnType<typeof limitActionSchema>>;
export type WireVendor = z.infer<ReturnType<typeof vendorSchema>>;
export type WireIntervention = z.infer<ReturnType<typeof interventionSchema>>;

function reader<S extends z.ZodObject>(path: string, schema: S, oddities: Oddities): Reader<z.infer<S>> {
  const fields = fieldsOf(schema);
  return (raw) => {
    watchFields(path, raw, fields, oddities);
    const result = schema.safeParse(raw);
    if (result.success) return { ok: true, value: result.data };
    const issue = result.error.issues[0];
    const id = idText.safeParse((raw as { id?: unknown } | null)?.id);
    const where = issue?.path.join('.') || 'it';
    oddities.element(id.success ? `${path} ${id.data}` : path, `${where} is missing or wrong`);
    return { ok: false, id: id.success ? id.data : null };
  };
}

const capability = (its: Lenient, path: string) =>
  its.part(path, { isCapable: z.boolean(), interventionIds: z.array(z.string().max(128)).max(50) });

function common(its: Lenient, asset: string) {
  return {
    id: idText,
    /** Absent only where the path names the user. */
    userId: z.string().max(200).nullish(),
    vendor: z.string().max(60).catch(''),
    lastSeen: its.text(`${asset}.lastSeen`, 40),
    isReachable: its.flag(`${asset}.isReachable`),
    scopes: its.texts(`${asset}.scopes`),
  };
}

function state(its: Lenient, path: string) {
  return {
    isPluggedIn: its.flag(`${path}.isPluggedIn`),
    isCharging: its.flag(`${path}.isCharging`),
    // kW; negative while discharging. The strongest public chargers give some 500 kW.
    chargeRate: its.number(`${path}.chargeRate`, -1_000, 1_000),
    lastUpdated: its.text(`${path}.lastUpdated`, 40),
    maxCurrent: its.number(`${path}.maxCurrent`, 0, 1_000),
    powerDeliveryState: its.text(`${path}.powerDeliveryState`, 100),
  };
}

function vehicleSchema(its: Lenient) {
  const can = (key: string) => capability(its, `vehicle.capabilities.${key}`);
  return z.object({
    ...common(its, 'vehicle'),
    information: its.part('vehicle.information', {
      vin: its.text('vehicle.information.vin', 60),
      brand: its.text('vehicle.information.brand'),
      model: its.text('vehicle.information.model'),
      year: its.number('vehicle.information.year', 1_900, 2_200),
      displayName: its.text('vehicle.information.displayName'),
      imageUrl: ignored,
    }),
    chargeState: z.object({
      ...state(its, 'vehicle.chargeState'),
      isFullyCharged: its.flag('vehicle.chargeState.isFullyCharged'),
      // Some cars report a little over 100 %.
      batteryLevel: its.number('vehicle.chargeState.batteryLevel', 0, 110),
      range: its.number('vehicle.chargeState.range', 0, 5_000),
      batteryCapacity: its.number('vehicle.chargeState.batteryCapacity', 0.1, 5_000),
      chargeLimit: its.number('vehicle.chargeState.chargeLimit', 0, 100),
      chargeTimeRemaining: its.number('vehicle.chargeState.chargeTimeRemaining', 0, 100_000),
      pluggedInChargerId: its.id('vehicle.chargeState.pluggedInChargerId'),
    }),
    smartChargingPolicy: its.part('vehicle.smartChargingPolicy', {
      isEnabled: its.flag('vehicle.smartChargingPolicy.isEnabled'),
      deadline: ignored,
      minimumChargeLimit: ignored,
    }),
    location: its.part('vehicle.location', {
      id: its.id('vehicle.location.id'),
      latitude: its.number('vehicle.location.latitude', -90, 90),
      longitude: its.number('vehicle.location.longitude', -180, 180),
      lastUpdated: its.text('vehicle.location.lastUpdated', 40),
    }),
    odometer: its.part('vehicle.odometer', {
      distance: its.number('vehicle.odometer.distance', 0, 10_000_000),
      lastUpdated: its.text('vehicle.odometer.lastUpdated', 40),
    }),
    capabilities: its.part('vehicle.capabilities', {
      startCharging: can('startCharging'),
      stopCharging: can('stopCharging'),
      location: can('location'),
      smartCharging: can('smartCharging'),
      setMaxCurrent: can('setMaxCurrent'),
      setChargeRateLimit: can('setChargeRateLimit'),
      information: ignored,
      chargeState: ignored,
      odometer: ignored,
      refreshState: ignored,
    }),
  });
}

function chargerSchema(its: Lenient) {
  const can = (key: string) => capability(its, `charger.capabilities.${key}`);
  const rateLimit = 'charger.capabilities.setChargeRateLimit';
  return z.object({
    ...common(its, 'charger'),
    information: its.part('charger.information', {
      brand: its.text('charger.information.brand'),
      model: its.text('charger.information.model'),
      year: its.number('charger.information.year', 1_900, 2_200),
      serialNumber: its.text('charger.information.serialNumber'),
      displayName: ignored,
      imageUrl: ignored,
    }),
    chargeState: z.object({
      ...state(its, 'charger.chargeState'),
      pluggedInVehicleId: its.id('charger.chargeState.pluggedInVehicleId'),
      // The reference does not name the field of the limit in force; this is the likeliest place. kW.
      chargeRateLimit: its.number('charger.chargeState.chargeRateLimit', 0, 1_000),
    }),
    location: its.part('charger.location', { id: its.id('charger.location.id'), lastUpdated: ignored }),
    capabilities: its.part('charger.capabilities', {
      startCharging: can('startCharging'),
      stopCharging: can('stopCharging'),
      setMaxCurrent: can('setMaxCurrent'),
      setChargeRateLimit: its.part(rateLimit, {
        isCapable: z.boolean(),
        interventionIds: z.array(z.string().max(128)).max(50),
        allowedRange: its.part(`${rateLimit}.allowedRange`, {
          kW: its.part(`${rateLimit}.allowedRange.kW`, {
            min: its.number(`${rateLimit}.allowedRange.kW.min`, 0, 1_000),
            max: its.number(`${rateLimit}.allowedRange.kW.max`, 0, 1_000),
          }),
        }),
      }),
      location: can('location'),
      smartCharging: can('smartCharging'),
      information: ignored,
      chargeState: ignored,
      refreshState: ignored,
    }),
  });
}

/** What charge and limit actions have in common (enode-api.md 6.2). */
const actionShape = (its: Lenient) =>
  ({
    id: idText,
    userId: ignored,
    createdAt: its.text('action.createdAt', 40),
    updatedAt: its.text('action.updatedAt', 40),
    completedAt: its.text('action.completedAt', 40),
    state: z.string().max(60),
    targetId: its.id('action.targetId'),
    targetType: its.text('action.targetType', 60),
    failureReason: its.part('action.failureReason', {
      type: z.string().max(100),
      detail: its.text('action.failureReason.detail', 10_000),
    }),
  }) as const;

/** A charge action has `kind` and no `targetState`. */
const actionSchema = (its: Lenient) => z.object({ ...actionShape(its), kind: z.enum(['START', 'STOP']) });

/** A limit has `targetState` and no `kind`: in it `maxCurrent`, or else a charge rate under a name that is not documented. */
const limitActionSchema = (its: Lenient) =>
  z.object({ ...actionShape(its), targetState: z.record(z.string().max(60), z.unknown()) });

const userSchema = z.object({
  id: ignored,
  createdAt: ignored,
  scopes: ignored,
  linkedVendors: z.array(z.object({ vendor: z.string().max(60), isValid: z.boolean(), vendorType: ignored })).max(500),
});

const locationSchema = z.object({
  id: idText,
  userId: z.string().max(200).nullish(),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: ignored,
  timezoneName: ignored,
  createdAt: ignored,
});

const scheduleSchema = z.object({
  id: idText,
  isEnabled: z.boolean(),
  targetId: idText,
  targetType: ignored,
  locationId: ignored,
  defaultShouldCharge: ignored,
  rules: ignored,
});

const smartChargingSchema = z.object({
  /** `DISABLED`, `CONSIDERING`, `PLAN:EXECUTING:STARTED` …, or a new word. */
  state: z.string().min(1).max(60),
  updatedAt: ignored,
  vehicleId: ignored,
  userId: ignored,
  vendor: ignored,
  stateChangedAt: ignored,
  consideration: ignored,
  plan: ignored,
  smartOverride: ignored,
});

function interventionSchema(its: Lenient) {
  return z.object({
    id: idText,
    vendor: ignored,
    vendorType: ignored,
    brand: ignored,
    introducedAt: ignored,
    domain: ignored,
    resolution: z.object({
      title: z.string().max(10_000),
      description: z.string().max(100_000),
      access: its.text('intervention.resolution.access', 60),
      agent: its.text('intervention.resolution.agent', 60),
      action: its.text('intervention.resolution.action', 60),
    }),
  });
}

/** Where a person links their account. Anything but a web address would run in the page that shows it. */
const linkSchema = z.object({
  linkUrl: z.string().max(4_000).refine(isWebAddress),
  linkToken: ignored,
});

function isWebAddress(text: string): boolean {
  const { protocol } = URL.parse(text) ?? {};
  return protocol === 'https:' || protocol === 'http:';
}

function vendorSchema(its: Lenient) {
  return z.object({
    vendor: z.string().regex(/^[^\s\p{Cc}]{1,60}$/u),
    displayName: its.text('vendor.displayName', 100),
    portalName: ignored,
    status: ignored,
    linkingStatus: its.text('vendor.linkingStatus', 60),
    assetTypes: its.texts('vendor.assetTypes'),
    scopes: ignored,
  });
}

/** `{data, pagination: {after}}`; null when it is no such thing. An empty cursor means the last page. */
export function pageOf(body: unknown): { readonly elements: readonly unknown[]; readonly after: string | null } | null {
  const { data, pagination } = (body ?? {}) as { data?: unknown; pagination?: { after?: unknown } | null };
  if (!Array.isArray(data)) return null;
  const after = pagination?.after ?? null;
  if (after === null || after === '') return { elements: data, after: null };
  return typeof after === 'string' && after.length <= 2_000 ? { elements: data, after } : null;
}

/** An error's words (RFC 7807 in style), verbatim. Not all errors have a body, nor is it always JSON. */
export function problemOf(body: unknown): { readonly title: string | null; readonly detail: string | null } {
  const { title, detail } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);
  return { title: text(title), detail: text(detail) };
}
