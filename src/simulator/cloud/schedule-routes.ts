// Schedules in the API (11): create, read, change, delete, status.
import type { Context } from 'hono';
import { userHere } from './find.ts';
import { pageOf } from './paging.ts';
import { Problem } from './problem.ts';
import type { Schedules } from './schedules.ts';
import type { SmartChargings } from './smart-charging.ts';
import type { Clients, CloudApp, Env, Schedule, ScheduleRule } from './state.ts';
import { iso } from './state.ts';
import {
  aBoolean,
  aClockTime,
  aNumber,
  anInstant,
  anObject,
  aText,
  aUuid,
  type Check,
  listOf,
  may,
  need,
  nullOr,
  oneOf,
  readBody,
} from './validate.ts';

const aRule: Check<ScheduleRule> = (value, field) => {
  const body = anObject(value, field);
  const range = may(body, 'hourMinute', anObject);
  const hourMinute = range && { from: need(range, 'from', aClockTime()), to: need(range, 'to', aClockTime(true)) };
  const weekdays = may(body, 'weekdays', listOf(aNumber(0, 6, true)));
  const fromTimestamp = may(body, 'fromTimestamp', anInstant);
  const toTimestamp = may(body, 'toTimestamp', anInstant);
  return {
    shouldCharge: need(body, 'shouldCharge', aBoolean),
    ...(hourMinute ? { hourMinute } : {}),
    ...(weekdays ? { weekdays } : {}),
    ...(fromTimestamp === undefined ? {} : { fromTimestamp }),
    ...(toTimestamp === undefined ? {} : { toTimestamp }),
  };
};

const ruleView = ({ fromTimestamp, toTimestamp, ...rule }: ScheduleRule) => ({
  ...rule,
  ...(fromTimestamp === undefined ? {} : { fromTimestamp: iso(fromTimestamp) }),
  ...(toTimestamp === undefined ? {} : { toTimestamp: iso(toTimestamp) }),
});

export const scheduleView = (schedule: Schedule) => ({
  id: schedule.id,
  isEnabled: schedule.isEnabled,
  defaultShouldCharge: schedule.defaultShouldCharge,
  targetId: schedule.target.id,
  targetType: schedule.target.kind,
  locationId: schedule.locationId,
  rules: schedule.rules.map(ruleView),
});

export function scheduleRoutes(app: CloudApp, cloud: Clients, schedules: Schedules, smart: SmartChargings): void {
  const here = (c: Context<Env>): Schedule => {
    const schedule = c.get('client').schedules.get(c.req.param('id') ?? '');
    if (!schedule) throw new Problem(404, `Could not find schedule with ID ${c.req.param('id')}`, 'Schedule not found');
    return schedule;
  };

  app.post('/users/:userId/schedules', async (c) => {
    const body = await readBody(c);
    const user = userHere(c);
    const kind = need(body, 'targetType', oneOf(['vehicle', 'charger']));
    const targetId = need(body, 'targetId', aText(1, 100));
    const target = kind === 'vehicle' ? user.vehicles.get(targetId) : user.chargers.get(targetId);
    const made = {
      isEnabled: need(body, 'isEnabled', aBoolean),
      defaultShouldCharge: need(body, 'defaultShouldCharge', aBoolean),
      locationId: need(body, 'locationId', nullOr(aUuid)),
      rules: need(body, 'rules', listOf(aRule)),
    };
    if (!target) throw new Problem(404, `Could not find ${kind} with ID ${targetId}`);
    if (made.locationId !== null && !user.locations.get(made.locationId))
      throw new Problem(400, `There is no location ${made.locationId} of this user.`);
    if (target.schedule) throw new Problem(400, `The ${kind} has the schedule ${target.schedule.id} already.`);
    const now = cloud.clock.now();
    const id = cloud.entropy.uuid();
    const schedule: Schedule = {
      id,
      seq: cloud.nextSeq(),
      user,
      target,
      ...made,
      state: 'INACTIVE:DISABLED',
      changedAt: now,
      cancel: () => {},
    };
    target.schedule = schedule;
    user.schedules.add(schedule);
    c.get('client').schedules.set(id, schedule);
    if (target.kind === 'vehicle' && schedule.isEnabled) smart.disable(target);
    schedules.run(schedule);
    return c.json(scheduleView(schedule));
  });

  app.get('/users/:userId/schedules', (c) =>
    c.json(pageOf(c.req.query(), c.get('client').users.get(c.req.param('userId'))?.schedules ?? null, scheduleView)),
  );
  app.get('/schedules/:id', (c) => c.json(scheduleView(here(c))));
  app.get('/schedules/:id/status', (c) => c.json(schedules.status(here(c))));

  app.put('/schedules/:id', async (c) => {
    const body = await readBody(c);
    const schedule = here(c);
    const next = {
      isEnabled: may(body, 'isEnabled', aBoolean) ?? schedule.isEnabled,
      defaultShouldCharge: may(body, 'defaultShouldCharge', aBoolean) ?? schedule.defaultShouldCharge,
      locationId: body.locationId === undefined ? schedule.locationId : need(body, 'locationId', nullOr(aUuid)),
      rules: may(body, 'rules', listOf(aRule)) ?? schedule.rules,
    };
    Object.assign(schedule, next);
    if (schedule.target.kind === 'vehicle' && schedule.isEnabled) smart.disable(schedule.target);
    schedules.run(schedule);
    return c.json(scheduleView(schedule));
  });

  app.delete('/schedules/:id', (c) => {
    schedules.end(here(c));
    return c.body(null, 204);
  });
}
