import { it } from 'vitest';
import { simulatedHome } from '../support/simulated-home.ts';
it('try', async () => {
  const home = await simulatedHome();
  await home.advance(60);
  const s = (await home.control('GET', '/control/state')) as any;
  console.log(JSON.stringify(s.vehicles.map((v: any) => [v.id, v.reported, v.truth]), null, 0));
  console.log([...home.portraits.values()].map((p) => `${p.id} ${p.kind} ${p.state.pairing} ${p.state.charging_state} ${p.state.home} ${p.state.reason}`).join('\n'));
  const v = [...home.portraits.values()].find((p) => p.kind === 'vehicle' && p.device.name === 'Blue car')!;
  home.order(v.id, { kind: 'mode', mode: 'now' });
  for (let i = 0; i < 20; i++) {
    await home.advance(30);
    const st = home.portraits.get(v.id)!.state;
    console.log(i * 30, st.charging, st.charging_state, st.command, st.command_result, st.reason);
  }
  console.log(home.commands());
  home.order(v.id, { kind: 'mode', mode: 'off' });
  for (let i = 0; i < 20; i++) {
    await home.advance(30);
    const st = home.portraits.get(v.id)!.state;
    console.log(i * 30, st.charging, st.charging_state, st.command, st.command_result, st.reason);
  }
  console.log(home.commands(), home.portraits.get('bridge')!.state, await home.verdict());
  await home.stop();
});
