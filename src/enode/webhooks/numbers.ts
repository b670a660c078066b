// The numbers of the webhook receiver: limits of what a stranger can make us do, each with unit and reason.

/** bytes of a delivery: 100 events of full vehicles are some 250 kB */
export const BODY_MOST = 2 * 1024 * 1024;
/** ms of real time for a body to come: Enode itself gives up after 5 s */
export const BODY_WITHIN_MS = 5_000;
/** bytes of all bodies that are read at the same time: what strangers can make us hold */
export const BODIES_MOST = 12 * 1024 * 1024;
/** bodies that are read at once: Enode sends one after the other, the rest are strangers, who may be slow */
export const READ_AT_ONCE = 32;
/** events that wait to be told; more are asked to come again later */
export const WAITING_MOST = 5_000;
/** events told between two turns of the event loop */
export const EVENTS_PER_TURN = 25;
/** deliveries that are remembered, to know repeated ones */
export const REMEMBERED = 4_000;
/** ms: Enode tries for a day, older pages say 26 h; what is older than this was recorded and is played again */
export const OLD_MS = 48 * 3_600_000;
/** ms of world time between two log lines on the same kind of refusal */
export const TOLD_EVERY_MS = 6 * 3_600_000;
/** seconds after which a refused delivery may come again, where it may */
export const AGAIN_S = 10;
