// Every number that steers charging or asking, in one place: value, unit, why, and the range that makes sense.
import { hours, minutes, seconds } from './instant.ts';
import { matchingNumbers } from './matching-numbers.ts';

export const numbers = {
  // --- place (R2)
  /** m; GPS of cars parks within some tens of metres, streets are wider than that. 50–500 */
  homeRadiusM: 150,
  /** ms; a position older than this before the plug-in proves nothing by itself. 10–60 min */
  positionFreshMs: minutes(30),
  /** km; odometers are whole kilometres, so any step means driving. */
  movedKm: 0.5,
  /** % of SoC lost while unplugged that means driving, counted from the highest since the position; standby loses less in a day. 1–5 */
  movedSoc: 2,
  /** m; how far coordinates may lie from the Enode Location they are said to be at: Enode's own circle is not documented. 200–1000 */
  locationRadiusM: 500,
  /** ms; position and cable of one arrival are reported this close together, the position first. 1–5 min */
  arrivalMs: minutes(2),

  // --- pairing (R6)
  /** 0–1; shown while Enode withdrew its ids but cable and sleeping car speak for the pair: as much for as against. */
  lingeringCertainty: 0.5,
  /** ms; a listing without chargers and a vehicle's flags this close together speak of the same moment. 10–120 s */
  sameMomentMs: seconds(30),

  /** ms; flags that stay false so long after both were linked mean that Enode does not unlock; reports lag up to 20 min. 30 min–24 h */
  unlockMs: hours(1),
  /** times that an activated car did not answer, with its charger within reach, as evidence that Enode does not go on to the charger (R5) */
  silencesAsEvidence: 2,
  // --- matching cars and chargers (R5, R6)
  ...matchingNumbers,

  // --- plug-in, session
  /** ms; R: "36 h cap" – a cable that never seems to leave must not keep an override for weeks. */
  plugInCapMs: hours(36),
  /** ms; a gap between two reports longer than this is not counted as energy at full power. 10–60 min */
  energyGapMs: minutes(30),

  // --- commands (R3, R4)
  /** ms; a person's toggle not done by then is told as failed, never done late. 5–30 min */
  wishDeadlineMs: minutes(10),
  /** ms; an automatic wish is renewed at each decision, so its deadline only bounds a dead loop. */
  automaticDeadlineMs: minutes(30),
  /** tries per wish and plug-in, R4 */
  attemptsPerWish: 3,
  /** ms before the second and third try */
  retryAfterMs: [seconds(30), minutes(3)] as readonly number[],
  /** ms; Enode's own window varies by vendor and is capped at 30 min in its older text. */
  actionWindowMs: minutes(30),
  /** ms; a doubtful attempt may be repeated once within this (R4c). */
  doubtRepeatMs: minutes(10),
  /** ms after a lost answer before the one repeat: the network needs a moment to heal. */
  repeatAfterMs: seconds(20),
  /** ms; doubt without any evidence ends as lost after this. */
  doubtLostMs: minutes(15),
  /** ms; charger: a report must stay contrary this long after the intent before one repeat (R4d). */
  doubtContraryMs: minutes(5),
  /** ms; after a cancelled direction, its late execution is undone once within this (R4). */
  reversalWatchMs: minutes(30),
  /** ms; a 400 is judged by what is believed, so it waits this long for a report from after it (listings are hurried). 30 s–3 min */
  judgeAfterMs: minutes(2),
  /** ms; a request whose answer never came home counts as doubtful after this; requests themselves end much sooner. 2–10 min */
  answerLostMs: minutes(5),
  /** ms; an answered action this much older than our intent was not made by us. */
  doubleSlackMs: minutes(2),
  /** ms; an older copy of the database is a problem so long: after a restored backup there is nothing else to do about it. 1 h–7 days */
  olderCopyShownMs: hours(24),
  /** ms; a cancel that got no answer is asked again after this. */
  cancelAgainMs: seconds(30),
  /** ms; so long a cancelled opposite may still take effect before the old belief is taken as true: obedient cars react within seconds,
      Enode hears active ones every 2 min. 1–4 min */
  settleMs: minutes(2),
  /** ms; "already so" needs a report at most this old (cloud time), else Enode is asked and may say so itself. */
  alreadyFreshMs: minutes(2),
  /** ms; tolerance between cloud times of one thing. */
  cloudSlackMs: seconds(5),

  // --- obedience of a device (R5)
  /** commands to a device that are remembered; ten tell a habit from a mishap. 5–30 */
  triesKept: 10,
  /** ms; a command longer ago says nothing of the device of today. 7–60 days */
  triesKeptMs: hours(24 * 30),
  /** ms; after a silence a device is not asked first for so long, twice as long after each further one in a row, up to the second. 1 h–7 days */
  silentRestMs: hours(12),
  silentRestMostMs: hours(24 * 7),
  /** ms; a fallback to a charger needs word of it this fresh, for the cable may have moved; lists are read every minute by then. 2–5 min */
  hopFreshMs: minutes(3),
  /** pending without evidence for so many times its usual latency is a definite failure; at least and at most so long, and for a device
      whose latency was never seen, ms (R5) */
  patienceFactor: 3,
  patienceLeastMs: minutes(2),
  patienceMostMs: minutes(10),
  patienceFirstMs: minutes(4),

  /** ms; a change of state this long after an attempt of ours ended still counts as ours: reports lag up to 20 min. */
  explainsMs: minutes(20),

  // --- deciding
  /** ms; our clock and the cloud's must agree within this before anything automatic. 30–120 s */
  clockAgreementMs: seconds(60),
  /** ms after the plug-in in which a car that starts does so by habit, not by somebody's hand; reports lag up to 7 min. 5–15 min */
  autostartMs: minutes(10),
  /** ms; state older than this is no ground for an automatic command. Idle cars are read every 15 min. 15–60 min */
  staleAfterMs: minutes(40),
  /** ms; automatic start and stop of one loadpoint stay this far apart (contactor, cloud latency). 1–15 min */
  dwellMs: minutes(5),
  /** automatic switches per loadpoint and day */
  switchesPerDay: 20,
  /** kW assumed for a car whose power was never seen: the least of common wallboxes, so a departure starts early. */
  assumedKw: 3.5,
  /** kWh assumed where no capacity is reported */
  assumedKwh: 60,
  /** share of grid energy that reaches the battery */
  chargingEfficiency: 0.88,
  /** factor on the computed duration before a departure */
  departureMargin: 1.15,
  /** % below the target at which charging may begin again, so that standby loss does not start it */
  targetHysteresis: 3,
  /** ms; at most this long without a review of a loadpoint */
  reviewAtLeastMs: minutes(15),
  /** ms; and never sooner than this without anything told, so that no mistake here can spin. 0.1–5 s */
  reviewSoonestMs: seconds(1),
  /** ms; a look that could not be stored is tried again after this. 5–60 s */
  storageAgainMs: seconds(30),

  // --- telling
  /** ms; how long a failed command stays the reason shown */
  failureShownMs: minutes(60),
  /** ms a listing must keep missing an asset before it is taken away */
  retireAfterMs: hours(24),

  // --- asking the cloud
  /** ms; looks wait this long after a first failure, twice as long after each further one, at most `Most`. */
  cloudBackoffFirstMs: seconds(5),
  cloudBackoffMostMs: minutes(10),
  /** failed requests in a row that make it a problem worth telling */
  cloudProblemAfter: 3,

  /** ms between two listings, by the most watched asset in them. Enode itself hears active cars about every 2 min, idle ones every 7,
      sleeping ones every 20, so asking oftener buys nothing. */
  lookEveryMs: {
    confirming: seconds(20),
    pending: minutes(1),
    charging: minutes(3),
    plugged: minutes(10),
    home: minutes(12),
    idle: minutes(15),
    asleep: minutes(20),
  },
  /** ms after an action's acceptance at which its state is read; the last gap repeats. */
  actionLooksMs: [3, 6, 10, 15, 22, 30, 45, 60, 90, 150].map((s) => seconds(s)) as readonly number[],
  /** ms; how long after a confirmation the report that shows it is hurried */
  confirmingMs: minutes(4),
  /** ms; no listing is repeated sooner, whoever presses refresh */
  refreshAtLeastMs: seconds(10),
  /** ms; slow-moving things */
  locationsEveryMs: hours(24),
  usersEveryMs: hours(6),
  vendorsEveryMs: hours(24),
  interventionsEveryMs: hours(24),
  schedulesEveryMs: hours(1),
  /** ms; a slow-moving thing that could not be read is asked for again after this, then ever later up to the second: it may be refused
      for good. 10 min–6 h */
  slowAgainFirstMs: seconds(30),
  slowAgainMs: hours(1),
  /** ms; a command must be pending this long, and its car silent, before Enode is asked to poll it; and no oftener than `hintEvery` */
  hintAfterMs: seconds(45),
  hintEveryMs: minutes(20),
  /** a hint that brings nothing makes the next one wait twice as long, at most so many times over. 0–4 */
  hintMostDoublings: 3,
  /** ms; a report this soon after a hint counts as its effect */
  hintHelpsMs: minutes(3),
  /** ms; Enode's links work that long, once */
  linkLifeMs: hours(24),
  /** ms between two listings while a link is open, by its age: a person walks through Enode's pages within minutes, and wants to see
      the device appear; who comes back in the evening can wait some minutes. */
  linkPace: [
    { within: minutes(15), everyMs: seconds(15) },
    { within: hours(1), everyMs: minutes(1) },
    { within: hours(24), everyMs: minutes(5) },
  ] as readonly { readonly within: number; readonly everyMs: number }[],
  /** ms, at the least, while webhooks tell of a new device by themselves */
  linkPaceHearingMs: minutes(5),
  /** ms; after a link brought something, a second account may follow this soon. 1–15 min */
  linkedMs: minutes(5),
  /** ms after an unlinking in which a listing without the device takes it away at once; later, something else took it. 10 min–6 h */
  unlinkedMs: hours(1),
  /** requests of persons about accounts and places in a day: a household needs some ten, an automation in a loop any number */
  linkingPerDay: 200,
  /** m; an Enode Location this near is the same place: nearer than the next house, farther than a hand slips on a map. 20–100 */
  samePlaceM: 50,

  /** requests kept back from looks: should the token be refused, there is a new one, and one more try of each that is under way */
  tokenReserve: 5,
  /** looks under way at once */
  looksAtOnce: 4,
  /** ms; a look that never ended is asked again */
  lookLostMs: minutes(2),
  /** share of the day's requests kept back from looks, by priority (0 = follows a command, 1 = lists, 2 = the rest) */
  reserveShare: [0, 0.03, 0.1] as readonly number[],
  /** above this share of the day's requests, lists are read at a third of the pace */
  stretchAbove: 0.8,
  stretchFactor: 3,

  // --- webhooks
  /** ms without any delivery until Enode is asked for a test: so many heartbeats, within these bounds. Enode does not say how often its
      heart beats, and each test is a request. 15 min–3 h */
  webhookBeats: 2.5,
  webhookQuietLeastMs: minutes(20),
  webhookQuietMostMs: minutes(90),
  /** ms the test has to be heard before silence means that deliveries are lost. 5–20 min */
  webhookAnswerMs: minutes(10),
  /** ms between two looks at the subscription itself, which others may change. 6–48 h */
  webhookCheckEveryMs: hours(24),
  /** ms until a failed step of the subscription is tried again, twice as long each time, at most `Most`: a proxy may be down for days */
  webhookAgainFirstMs: minutes(1),
  webhookAgainMostMs: hours(6),

  /** ms between two listings while webhooks are heard: a lost event, or a change that Enode tells nobody, shows after this. 2–12 h */
  heardEveryMs: hours(4),
  /** ms a listing may be old while webhooks are heard, by what hangs on it (safety-net.ts): evidence of a command, which comes by webhook
      in a second; energy of a charge, whose power is told only when it changes; a mode that would act, and does not on a stale report */
  worryEveryMs: {
    judging: seconds(20),
    confirming: minutes(1),
    pending: minutes(3),
    charging: minutes(60),
    deciding: minutes(10),
  },
  /** ms after an action's acceptance at which its state is read although webhooks are heard; the last gap repeats */
  actionLooksHeardMs: [30, 90, 180, 360, 600, 900].map((s) => seconds(s)) as readonly number[],
  /** ms; slow-moving things of which webhooks tell, too */
  usersHeardEveryMs: hours(12),
  schedulesHeardEveryMs: hours(6),
  /** ms; while webhooks are heard, power that was told holds until it is told otherwise, over a gap of at most this. Longer than the pause
      between two listings of a charge. 60–120 min */
  energyGapHeardMs: minutes(75),

  // --- interlock
  /** ms; a permit older than this is refused. A slow disk may hold a commit for seconds, and that is no breach. 10–120 s */
  permitAgeMs: seconds(60),
  /** commands per loadpoint and hour / day, persons included */
  commandsPerHour: 30,
  commandsPerDay: 150,
} as const;
