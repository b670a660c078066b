// How this program names itself towards Home Assistant.
import type { Origin } from '../mqtt/discovery.ts';
import { version } from './version.ts';

const home = 'https://github.com/enode2mqtt/enode2mqtt';

export const origin: Origin = { version, supportUrl: `${home}/issues`, configurationUrl: home };
