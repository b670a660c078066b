// The action calls of vehicles and chargers (6.1, 6.3).
import type { Context } from 'hono';
import type { Actions } from './actions.ts';
import { actionHere, chargerHere, needScope, vehicleHere } from './find.ts';
import { RATE_LIMIT_FIELD, RATE_LIMIT_PATH } from './numbers.ts';
import type { CloudApp, Env, Linked, Order } from './state.ts';
import { aPositiveNumber, type Body, need, oneOf, readBody } from './validate.ts';
import { actionView } from './views.ts';

const chargeOrder = (body: Body): Order => ({ kind: need(body, 'action', oneOf(['START', 'STOP'])) });
const currentOrder = (body: Body): Order => ({ kind: 'MAX_CURRENT', value: need(body, 'maxCurrent', aPositiveNumber) });
const rateOrder = (body: Body): Order => ({ kind: 'RATE_LIMIT', value: need(body, RATE_LIMIT_FIELD, aPositiveNumber) });

export function actionRoutes(app: CloudApp, actions: Actions): void {
  const taking = (find: (c: Context<Env>) => Linked, read: (body: Body) => Order) => async (c: Context<Env>) => {
    const order = read(await readBody(c));
    const target = find(c);
    needScope(target, `${target.kind}:control:charging`);
    return c.json(actionView(actions.take(target, order, c.get('exchange'))));
  };
  app.post('/vehicles/:id/charging', taking(vehicleHere, chargeOrder));
  app.post('/vehicles/:id/max-current', taking(vehicleHere, currentOrder));
  app.post('/chargers/:id/charging', taking(chargerHere, chargeOrder));
  app.post('/chargers/:id/max-current', taking(chargerHere, currentOrder));
  app.post(`/chargers/:id/${RATE_LIMIT_PATH}`, taking(chargerHere, rateOrder));
  for (const kind of ['vehicle', 'charger'] as const) {
    app.get(`/${kind}s/actions/:id`, (c) => c.json(actionView(actionHere(c, kind))));
    app.post(`/${kind}s/actions/:id/cancel`, (c) => {
      const action = actionHere(c, kind);
      if (action.state !== 'PENDING') return c.json(actionView(action), 409);
      actions.end(action, { state: 'CANCELLED', type: 'REQUESTED_CANCELLATION', detail: 'Cancelled on request.' });
      return c.json(actionView(action));
    });
  }
}
