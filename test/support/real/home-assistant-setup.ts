// The first minutes of a new Home Assistant, done by program: its owner, a lasting token, the MQTT integration.
import { homeAssistantApi, rest } from './home-assistant-api.ts';

export interface BrokerAccess {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
}

interface FlowStep {
  readonly type: string;
  readonly flow_id: string;
  readonly data_schema?: readonly { readonly name: string }[];
}

/** Makes the owner and returns a token good for 30 days. The other steps of the welcome are left alone: they add weather and radio. */
export async function makeOwner(url: string): Promise<string> {
  const client = `${url}/`;
  const owner = { client_id: client, name: 'Owner', username: 'owner', password: 'owner-password', language: 'en' };
  const { auth_code } = await rest<{ auth_code: string }>(url, 'POST', '/api/onboarding/users', { body: owner });
  const { access_token } = await rest<{ access_token: string }>(url, 'POST', '/auth/token', {
    form: true,
    body: { grant_type: 'authorization_code', code: auth_code, client_id: client },
  });
  const api = homeAssistantApi(url, access_token);
  const token = await api.call<string>('auth/long_lived_access_token', { client_name: 'tests', lifespan: 30 });
  // since 2026 the http: section of YAML is a trial of five minutes, then hass goes back to the old one and restarts
  await api.call('http/config/promote').catch(() => undefined);
  api.close();
  return token;
}

export async function addMqtt(url: string, token: string, broker: BrokerAccess): Promise<void> {
  const flow = (path: string, body: unknown) =>
    rest<FlowStep>(url, 'POST', `/api/config/config_entries/flow${path}`, { token, body });
  let step = await flow('', { handler: 'mqtt' });
  if (step.type === 'menu') step = await flow(`/${step.flow_id}`, { next_step_id: 'broker' });
  const asked = new Set(step.data_schema?.map(({ name }) => name));
  // the form differs between releases: answer what it lists
  const done = await flow(`/${step.flow_id}`, {
    broker: broker.host,
    port: broker.port,
    ...(broker.username === undefined ? {} : { username: broker.username }),
    ...(broker.password === undefined ? {} : { password: broker.password }),
    ...(asked.has('protocol') ? { protocol: '5' } : {}),
    ...(asked.has('other_settings')
      ? { other_settings: { set_client_cert: false, set_ca_cert: 'off', transport: 'tcp' } }
      : {}),
  });
  if (done.type !== 'create_entry') throw new Error(`the MQTT integration was refused: ${JSON.stringify(done)}`);
}
