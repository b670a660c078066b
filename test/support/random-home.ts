// Random people, a random cloud and random devices at the home scenario: steps for laws, and the playing of them.
import fc from 'fast-check';
import { numbers } from '../../src/domain/numbers.ts';
import { type SimulatedHome, simulatedHome } from './simulated-home.ts';

export const blue = '60642ba2-653e-45fb-a4ed-8e5f5936138e';
export const garage = '0a53b478-0295-4827-a634-5391c6dfa69f';

export type Step =
  | { readonly kind: 'toggle'; readonly subject: string; readonly want: 'start' | 'stop' }
  | { readonly kind: 'mode'; readonly mode: 'manual' | 'off' | 'now' }
  | { readonly kind: 'fault'; readonly fault: Readonly<Record<string, unknown>> }
  | { readonly kind: 'behave'; readonly behaviour: string }
  /** A hand in the world: `/control/<path>`; what cannot be (a cable into a wallbox that is taken) is left out. */
  | {
      readonly kind: 'hand';
      readonly method: 'PATCH' | 'POST';
      readonly path: string;
      readonly body: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'restart' };

const path = fc.constantFrom(`/vehicles/${blue}/charging`, `/chargers/${garage}/charging`, '/vehicles', '/');
const fault = fc.oneof(
  fc.record({ kind: fc.constant('loseAction'), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('slow'), seconds: fc.integer({ min: 1, max: 50 }), count: fc.constant(2), path }),
  fc.record({
    kind: fc.constant('status'),
    status: fc.constantFrom(400, 403, 404, 422, 429, 500, 502, 503),
    count: fc.integer({ min: 1, max: 4 }),
    path,
    retryAfter: fc.integer({ min: 1, max: 400 }),
  }),
  fc.record({ kind: fc.constant('down'), seconds: fc.integer({ min: 10, max: 900 }) }),
  fc.record({ kind: fc.constant('malformed'), count: fc.integer({ min: 1, max: 4 }), path }),
  fc.record({ kind: fc.constant('unknownValues'), count: fc.integer({ min: 1, max: 4 }) }),
);
const toggle = fc.record({
  kind: fc.constant('toggle' as const),
  subject: fc.constantFrom(blue, garage),
  want: fc.constantFrom('start' as const, 'stop' as const),
});
export const step = (more: fc.Arbitrary<Step>[]): fc.Arbitrary<{ step: Step; seconds: number }> =>
  fc.record({
    step: fc.oneof(
      { weight: 4, arbitrary: toggle as fc.Arbitrary<Step> },
      ...more.map((arbitrary) => ({ weight: 2, arbitrary })),
    ),
    seconds: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 20, max: 600 })),
  });

export const faults = fault.map((one): Extract<Step, { kind: 'fault' }> => ({ kind: 'fault', fault: one }));
export const behaviours = fc
  .constantFrom('obedient', 'slow', 'deaf', 'sleepy')
  .map((behaviour): Step => ({ kind: 'behave', behaviour }));
export const modes = fc
  .constantFrom('manual' as const, 'off' as const, 'now' as const)
  .map((mode): Step => ({ kind: 'mode', mode }));
export const restarts = fc.constant<Step>({ kind: 'restart' });

export async function play(
  steps: readonly { step: Step; seconds: number }[],
  options: Parameters<typeof simulatedHome>[0] & { readonly before?: (home: SimulatedHome) => Promise<void> } = {},
): Promise<{ home: SimulatedHome; orders: number }> {
  const home = await simulatedHome(options);
  await options.before?.(home);
  await home.advance(60);
  let orders = 0;
  for (const { step: one, seconds } of steps) {
    switch (one.kind) {
      case 'toggle':
        if (!options.tellsWishes)
          await home.control('POST', '/control/wishes', {
            subject: one.subject,
            want: one.want.toUpperCase(),
            until: home.clock.now() + numbers.wishDeadlineMs + numbers.reversalWatchMs,
          });
        home.charging(one.subject, one.want);
        orders++;
        break;
      case 'mode':
        home.order(blue, { kind: 'mode', mode: one.mode });
        orders++;
        break;
      case 'fault':
        await home.control('POST', '/control/faults', one.fault);
        break;
      case 'behave':
        await home.control('PATCH', `/control/vehicles/${blue}`, { behaviour: one.behaviour });
        break;
      case 'hand':
        await home.control(one.method, `/control${one.path}`, one.body).catch(() => {});
        break;
      case 'restart':
        await home.restart();
        break;
    }
    await home.advance(seconds);
  }
  return { home, orders };
}
