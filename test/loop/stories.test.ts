// Short stories through the simulated home: what the cloud was really asked, and what the person saw.
import { describe, expect, it } from 'vitest';
import { type SimulatedHome, simulatedHome } from '../support/simulated-home.ts';

const blue = '60642ba2-653e-45fb-a4ed-8e5f5936138e';
const stateOf = (home: SimulatedHome, id = blue) => home.portraits.get(id)!.state;
const actionsOf = (home: SimulatedHome) => home.commands().map(({ body }) => (body as { action: string }).action);
const problem = (home: SimulatedHome) => home.portraits.get('bridge')!.state.problem_text;

async function atHome(settings = {}): Promise<SimulatedHome> {
  const home = await simulatedHome({ settings });
  await home.advance(60);
  return home;
}

describe('mode now and off through the cloud', () => {
  it('asks START once, waits for evidence, then rests', async () => {
    const home = await atHome();
    home.order(blue, { kind: 'mode', mode: 'now' });
    await home.advance(900);
    expect(actionsOf(home)).toEqual(['START']);
    expect(stateOf(home)).toMatchObject({ charging: true, charging_state: 'charging', command: 'confirmed' });
    expect(problem(home)).toBeNull();
    await home.stop();
  });

  it('off stops at once although a start was just made: no guard, no breach', async () => {
    const home = await atHome();
    home.order(blue, { kind: 'mode', mode: 'now' });
    await home.advance(90);
    home.order(blue, { kind: 'mode', mode: 'off' });
    await home.advance(400);
    expect(actionsOf(home)).toEqual(['START', 'STOP']);
    expect(problem(home)).toBeNull();
    expect(stateOf(home).charging).toBe(false);
    expect(await home.verdict()).toEqual([]);
    await home.stop();
  });
});
