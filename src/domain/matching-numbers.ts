// The numbers by which our own matcher weighs a car and a charger (R5, R6); part of numbers.ts. `…Llr` are natural logarithms of
// likelihood ratios: how much likelier this is when both hold the same cable than when the car charges elsewhere and somebody else is
// on the charger. +2.3 = ten times, -4.6 = a hundredth. They were tuned on generated households (bench row 10).
import { hours, minutes, seconds } from './instant.ts';

export const matchingNumbers = {
  /** 0–1; our own activation. One in two hundred would be wrong if every such pair were only just this certain; most are surer. 0.98–0.999 */
  matchedCertainty: 0.99,
  /** of the car's own witnesses (times, starts and stops, power) together: place and exclusivity alone never activate. 1–4 */
  ownEvidenceLlr: 2,
  /** ms; Enode may still name the pair itself so long after the plug-in, where this client ever saw an id of its (R5). */
  idsGraceMs: minutes(15),
  /** unsettled cars, and occupied chargers, of one user that are weighed together; beyond, nobody is activated */
  matchMost: 6,
  /** users of one site whose assets explain each other; more are no household, and comparing all with all would cost too much. 2–20 */
  matchUsers: 8,
  /** own cars that plug in at a charger of their user against those that plug in elsewhere: most charging is done at home. log 2 to log 4 */
  homeLlr: 0.7,
  /** per day; how often somebody who is not linked plugs in at a charger, in the half of the day in which people do. 0.2–1 */
  guestsPerDay: 0.5,
  /** per day; how often one of the user's own cars plugs in at a charger. 0.5–2 */
  plugInsPerDay: 2,
  /** ms on each side of a span: clocks of two vendors differ by some seconds. 10–60 s */
  spanSlackMs: seconds(20),
  /** ms; a cable that is out for less may be a device's whim: when the next one went in counts as not seen. 30 s–2 min */
  flickerMs: minutes(1),
  /** ms; a span that nobody saw the beginning of is taken for this long: half a day, rather too long than too short. 12–36 h */
  unseenSpanMs: hours(24),
  /** ms; a report that comes so soon after the state it tells came at once */
  promptMs: minutes(1.5),
  /** of changes that are told at once: share that the device itself pushed within seconds, and share that Enode noticed at its next
      poll of a device that is awake, within so many ms; the rest at any time of the span */
  pushedShare: 0.3,
  pushedMs: seconds(20),
  polledShare: 0.5,
  polledMs: minutes(8),
  /** ms; Enode hears sleeping cars every 20 min, chargers and others every 7, if they are not off the net for a while: what happened
      earlier would have been told before. 10–45 min */
  heardWithinMs: { vehicle: minutes(25), charger: minutes(15) },
  /** pairs that are less likely than this do not tie cars and chargers together. -6 to -1 */
  tieLlr: -3,
  /** 0–1; a car that says it left a charger which still feels the cable is shown there, never commanded through. 0.8–0.99 */
  lingersShare: 0.9,
  /** 0–1; chances from here on are kept and shown, at most so many per car, with so many pieces of evidence each */
  chanceShown: 0.01,
  chancesKept: 3,
  cluesShown: 4,
  /** 0–1; another car this likely on the same charger is named */
  rivalShown: 0.02,
  /** plugged in at different times: only a car that lied about its cable, or a clock that is wrong, explains it */
  apartLlr: -5,
  /** the cable of a charger never goes out in its reports, and the car that was on it says it left and came back: it lied in its sleep
      forty times likelier than somebody swapped cables between two reports */
  stayedLlr: 3,
  /** and its odometer did not move: many are whole kilometres, so this is no proof */
  sameOdometerLlr: 2.5,
  /** a swap of cables that a charger did not see: some are seen */
  swapLlr: -0.7,
  /** and the charger began to charge just then */
  swapStartLlr: 2,
  /** standing within `homeRadiusM` of the charger's place; cars that charge elsewhere seldom do */
  nearLlr: 1.5,
  /** standing farther than `locationRadiusM` from it: the place or the position may be wrong, but seldom */
  farLlr: -5,
  /** both charge, both rest at the same time: cars elsewhere do as well */
  bothChargeLlr: 0.7,
  bothRestLlr: 0.2,
  /** one charges while the other does not; again at another time */
  clashLlr: -4,
  clashAgainLlr: -2,
  /** per day; starts and stops of one cable beside those of plugging in */
  turnsPerDay: 4,
  /** the most that one start or stop at the same time says, and all of them together */
  turnMostLlr: 3,
  turnsMostLlr: 6,
  /** the same near a full or half hour, when timers and tariffs switch many things at once */
  strokeLlr: 0.7,
  strokeMs: minutes(3),
  /** a start or stop that we asked of one of them and that both follow: nobody else chose that moment */
  oursLlr: 4,
  /** power of both fits: car / charger within these; many cars take the same 11 kW */
  powerFitsLlr: 0.9,
  powerFits: { from: 0.75, to: 1.12 },
  /** a little off, and far off */
  powerOffLlr: -1,
  powerFar: { from: 0.6, to: 1.35 },
  powerFarLlr: -3.5,
  /** the same, where it is known what the car usually tells of what its charger gives */
  toldFits: { from: 0.87, to: 1.15 },
  toldFitsLlr: 1.1,
  toldOffLlr: -4.5,
  /** the charger's first power of a charge / what this car usually took in its pairs (or the most this charger gives): it fits · it is
      more than the car ever took · it is less, by a limit or a nearly full battery */
  usualFits: { from: 0.85, to: 1.12 },
  usualFitsLlr: 0.9,
  usualOverLlr: -3.5,
  usualUnderLlr: -1.5,
  /** pairs with known power before a car's usual power is known */
  usualPairs: 3,
  /** ms; a pair that lasted so long teaches */
  lastingPairMs: minutes(10),
  /** share of the most a charger ever gave from which on it limits the car */
  limitedShare: 0.9,
  /** kW; more than this no wallbox gives: the car is at a direct-current charger */
  wallboxMostKw: 24,
  powerDirectLlr: -6,
  /** share; power that changes by less is the same step. 0.05–0.3 */
  stepShare: 0.15,
  /** own cars that do not say that they are plugged in: chance that one on the cable says "out" awake; time within which it would tell */
  liesShare: 0.03,
  tellsWithinMs: minutes(10),
  /** share of cars that never tell, however long one waits */
  silentShare: 0.05,
  /** the same of chargers: they do not sleep, and are heard every 7 min; some are off the net at times */
  boxTellsWithinMs: minutes(8),
  boxSilentShare: 0.02,
  /** 0–1; of the times that a car plugs in at home, another one of the household does within minutes: people come home together */
  togetherShare: 0.05,
  /** a position elsewhere makes a silent car this much less likely */
  silentAwayShare: 0.05,
  /** ms; while it is open who is on a cable, it is thought of again so soon, then so often, for so long after the plug-in */
  searchFirstMs: seconds(15),
  searchAgainMs: minutes(2),
  searchForMs: minutes(40),
  /** so often the lists are read for it, where Enode names no pairs by itself; with webhooks fewer are needed. 0–8 */
  hurriedReads: 6,
  hurriedReadsHearing: 3,
  /** kept per asset */
  cablesKept: 2,
  turnsKept: 6,
  stepsKept: 3,
  /** recent pairs kept per vehicle */
  pairsKept: 10,

  // --- invalid pairs (R7)
  /** occasions of failed commands while unplugged after which a pair is not believed in any more. 2–5 */
  invalidAfter: 3,
  /** ms; failures closer together are one occasion: one trip to a dead spot must not end a pair. 10–120 min */
  invalidApartMs: minutes(30),
  /** ms; they count within this. 3–14 days */
  invalidWithinMs: hours(7 * 24),

  // --- unreliable brands (R10)
  /** ms; commands within this tell whether a brand is reliable: a month holds some of every household's habits. 14–90 days */
  unreliableWithinMs: hours(30 * 24),
  /** commands that must have been given for that. 5–50 */
  unreliableTries: 10,
  /** share of them below which the brand is proposed as unreliable. 0.5–0.95 */
  unreliableBelow: 0.8,
} as const;
