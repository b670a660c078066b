// The entities of the bridge: does the daemon do well, and with whom does it talk.
import { diagnostic, hidden, type Row } from './row.ts';

export const bridgeRows: readonly Row[] = [
  { key: 'cloud', platform: 'binary_sensor', name: 'Enode cloud', deviceClass: 'connectivity', ...diagnostic },
  { key: 'problem', platform: 'binary_sensor', deviceClass: 'problem', ...diagnostic },
  {
    key: 'onboarding',
    platform: 'sensor',
    name: 'Onboarding',
    deviceClass: 'enum',
    options: ['complete', 'link_vehicle'],
    ...diagnostic,
  },
  { key: 'webhooks', platform: 'binary_sensor', name: 'Webhooks', deviceClass: 'connectivity', ...hidden },
  { key: 'problem_text', platform: 'sensor', name: 'Problem text', icon: 'text-box-outline', ...hidden },
  { key: 'version', platform: 'sensor', name: 'Version', icon: 'tag-outline', ...hidden },
  {
    key: 'requests_today',
    platform: 'sensor',
    name: 'Requests today',
    icon: 'counter',
    stateClass: 'total_increasing',
    ...hidden,
  },
  {
    key: 'requests_left',
    platform: 'sensor',
    name: 'Requests left',
    icon: 'counter',
    stateClass: 'measurement',
    ...hidden,
  },
  { key: 'refresh', platform: 'button', name: 'Refresh', icon: 'refresh', ...diagnostic },
];
