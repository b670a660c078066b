// Smart charging in the API (10): policy, status, plans, override.

import { vehicleCapabilities } from './capabilities.ts';
import { needScope, vehicleHere } from './find.ts';
import { Problem } from './problem.ts';
import { locationOf, vehicleReport } from './readings.ts';
import type { SmartChargings } from './smart-charging.ts';
import type { CloudApp, Linked, LinkedVehicle } from './state.ts';
import { aBoolean, aClockTime, aNumber, may, need, nullOr, readBody } from './validate.ts';

/** Vendor's least `minimumChargeLimit`, % (7: Mercedes). */
const LEAST_LIMIT: Readonly<Record<string, number>> = { MERCEDES: 50 };

const refuse = (detail: string): Problem => new Problem(400, detail, 'Cannot activate smart charging');

const policyOf = ({ smart }: LinkedVehicle) => ({
  isEnabled: smart.isEnabled,
  deadline: smart.deadline,
  minimumChargeLimit: smart.minimumChargeLimit,
});

/**
 * @param others the same car in other hands
 * @param changed the car's view changed
 */
export function smartRoutes(
  app: CloudApp,
  smart: SmartChargings,
  others: (vehicle: LinkedVehicle) => readonly Linked[],
  changed: (vehicle: LinkedVehicle) => void,
): void {
  app.get('/vehicles/:id/smart-charging-policy', (c) => c.json(policyOf(vehicleHere(c))));
  app.get('/vehicles/:id/smart-charging-status', (c) => c.json(smart.status(vehicleHere(c))));

  app.put('/vehicles/:id/smart-charging-policy', async (c) => {
    const body = await readBody(c);
    const vehicle = vehicleHere(c);
    const now = policyOf(vehicle);
    const wish = {
      isEnabled: may(body, 'isEnabled', aBoolean) ?? now.isEnabled,
      deadline: body.deadline === undefined ? now.deadline : need(body, 'deadline', nullOr(aClockTime())),
      minimumChargeLimit: may(body, 'minimumChargeLimit', aNumber(0, 100)) ?? now.minimumChargeLimit,
    };
    needScope(vehicle, 'vehicle:control:charging');
    if (wish.isEnabled) check(vehicle, wish);
    if (!wish.isEnabled) smart.disable(vehicle);
    else if (vehicle.schedule) vehicle.schedule.isEnabled = false;
    Object.assign(vehicle.smart, wish);
    smart.look(vehicle);
    changed(vehicle);
    return c.json(policyOf(vehicle));
  });

  const check = (vehicle: LinkedVehicle, wish: { deadline: string | null; minimumChargeLimit: number }): void => {
    const taken = others(vehicle).some((one) => one.kind === 'vehicle' && one !== vehicle && one.smart.isEnabled);
    if (taken) throw refuse('Another user has smart charging enabled for this vehicle.');
    if (wish.deadline === null) throw refuse('A deadline is required.');
    if (!vehicleCapabilities(vehicle).smartCharging.isCapable)
      throw refuse('The vehicle is not capable of smart charging.');
    if (wish.minimumChargeLimit > (vehicleReport(vehicle).chargeLimit ?? 100))
      throw refuse('The minimum charge limit is above the charge limit of the vehicle.');
    if (wish.minimumChargeLimit < (LEAST_LIMIT[vehicle.asset.identity.vendor] ?? 0))
      throw refuse('The minimum charge limit is below the least the vendor allows.');
    const tariffed = vehicle.user.locations.all().length > 0 || locationOf(vehicle) !== null;
    if (!tariffed) throw refuse('There is no price area and no tariff for this vehicle.');
  };

  app.get('/vehicles/:id/smart-charging-plans/:planId', (c) => {
    const { plan } = vehicleHere(c).smart;
    const asked = c.req.param('planId');
    if (!plan || (asked !== 'latest' && asked !== plan.id)) throw new Problem(404, `Could not find plan ${asked}`);
    return c.json(plan);
  });
  app.post('/vehicles/:id/smart-override', (c) => {
    const vehicle = vehicleHere(c);
    needScope(vehicle, 'vehicle:control:charging');
    return c.json(smart.override(vehicle));
  });
  app.delete('/vehicles/:id/smart-override', (c) => {
    const ended = smart.endOverride(vehicleHere(c));
    if (!ended) throw new Problem(404, 'There is no override.');
    return c.json(ended);
  });
}
