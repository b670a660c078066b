// How this program names itself towards Home Assistant.
import type { Origin } from '../mqtt/discovery.ts';
import { version } from './version.ts';

const home = 'https://github.com/enode2mqtt/enode2mqtt';

/** Where Enode's pages send the browser when nobody says better: words for people, reachable from anywhere. */
export const linkedPage = `${home}/blob/main/docs/linked.md`;

export const origin: Origin = { version, supportUrl: `${home}/issues`, configurationUrl: home };
