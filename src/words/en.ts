// The English sentences: short, plain, and where something is wrong they end with what to do next.
import type { ReasonCode } from '../domain/telling/reason.ts';
import { englishPairs } from './en-pairs.ts';
import type { Glossary } from './template.ts';

export const englishWords: Glossary = {
  device: { vehicle: 'the vehicle', charger: 'the charger' },
  direction: { start: 'start', stop: 'stop' },
  capability: {
    start: 'starting',
    stop: 'stopping',
    locate: 'locating',
    smart_charge: 'smart charging',
    max_current: 'limiting the current',
    rate_limit: 'limiting the power',
  },
  kind: { vehicle: 'vehicle', charger: 'charger' },
  mode: { min_solar: 'min + solar' },
  because: { incapable: 'cannot be controlled by itself', unreliable: 'often does not do what it is told' },
  proof: {
    failures: 'commands failed again and again while unplugged',
    withdrawn: 'Enode took back what it had unlocked',
  },
  policy: {
    optional: 'charger optional',
    mandatory_unreliable: 'charger required for unreliable vehicles',
    mandatory_incapable: 'charger required for unreliable and incapable vehicles',
  },
  brand: { '*': 'all other brands' },
  step: {
    fix: 'Do what is needed at the vehicle',
    link_charger: 'Link its charger',
    plug_in: 'Plug in at its linked charger',
    ask_enode: 'Ask Enode support to enable EV charger pairing, or choose control: local',
    allow_charger: 'Set allow_charger_commands, so that its charger may be asked',
  },
  limit: { max_current: 'the maximum current', rate_limit: 'the power limit' },
  other: { vehicle: 'the vehicle', charger: 'the charger' },
  by: {
    flags: 'what it can do stays locked although both are linked',
    incapable: 'a command was refused as impossible',
    silent: 'it did not answer twice, and its charger was not asked',
  },
  state: {
    considering: 'no plan yet',
    executing: 'its plan runs',
    overridden: 'its plan is overridden',
    full: 'full',
    ended: 'its plan has ended',
  },
  hop: {
    silent: 'did not answer',
    failed: 'did not do it',
    unable: 'cannot do it',
    both: 'has done its part',
  },
};

export const english = {
  starting_up: 'Just started: looking first, then deciding.',
  not_linked: 'Not linked at Enode any more. Link it again to control it.',
  twin_user:
    'The same device is linked under {user|another user}, too, and is controlled there: here it is only watched. Link car and charger under one user.',
  twin_account:
    'The same device is linked twice, and the other one is controlled: this one is only watched. Unlink one of the two accounts.',
  incapable:
    'This vehicle cannot be controlled by itself[: {capability} is missing]. {step|Link its charger}, then it can be.',
  charger_required: 'A charger is required here. {step|Link its charger}, then charging by mode goes on.',
  pairing_invalid:
    'The pair with {name|the charger} does not hold any more[: {proof}]. Plug in there, or link that charger again.',
  not_eligible:
    'Only watched: it cannot be controlled by itself[, and the policy of its brand is "{policy}"]. Let the charger do it: set the policy to mandatory_incapable.',
  handover_schedule:
    'A schedule at Enode[ ({id})] steers this charge: only watching. Switch it off there to decide here.',
  handover_smart_charging:
    "Enode's own smart charging steers this charge[ ({state})]: only watching. Switch it off there to decide here.",
  foreign_control:
    "Something else switches this charge: perhaps a supplier's app or the car's timer. Switch that off; modes pause until it is unplugged.",
  clock_unchecked:
    "This machine's clock and Enode's do not agree yet[: {seconds} s apart]. Check its time; until then nothing is decided automatically.",
  stale: 'The last report is too old[: {minutes} min]. Nothing is done until a newer one comes.',
  away: 'Not at home: left alone.',
  place_unknown: 'Not known to be at home: left alone. Set the home position, or where the charger is, in the options.',
  unplugged: 'Not plugged in.',
  override_charge: 'Charging because somebody asked for it, until {until|it is unplugged}. "End override" ends it.',
  override_stop: 'Not charging because somebody asked for it, until {until|it is unplugged}. "End override" ends it.',
  paused: 'Automatic charging is paused for the whole house.',
  below_minimum: 'Charging[: {percent} %] is below the minimum[ of {minimum} %].',
  departure_due: 'Charging to be ready[ with {target} %] for the departure[ at {departure}].',
  target_reached: 'The charge target[ of {target} %] is reached.',
  vehicle_limit_reached: "The vehicle's own limit[ of {limit} %] is reached. Raise it in the car to charge further.",
  hand_stopped: 'Stopped at the car or the charger: left like that until it is unplugged.',
  hand_started: 'Started at the car or the charger: left like that until it is unplugged.',
  unlinked: 'A device of it was unlinked meanwhile: this charge is left as it is until it is unplugged.',
  guard_wait: 'Waits[ until {until}] before the next {direction|switch}, to spare the hardware.',
  observe_only:
    'Only watching[: would {direction} charging now]. Switch "observe only" off in the options to let it act.',
  exhausted:
    'Gave up after {attempts|several} attempts[ to {direction} charging]. Look after the car and the charger, then plug in anew or use the switch.',
  manual_charging: 'Charging. In mode manual nothing is done by itself.',
  manual_idle: 'Not charging. In mode manual nothing is done by itself.',
  off: 'Mode off: does not charge.',
  off_stopping: 'Mode off: stopping the charge.',
  now_charging: 'Mode now: charging.',
  now_starting: 'Mode now: starting the charge.',
  now_blocked_fault: 'A fault is reported[ by {device}]. Look after it; charging goes on once it is gone.',
  now_blocked_no_power:
    'Plugged in, but no power flows[: {device} holds it]. Look after its own timer, lock or breaker.',
  complete: 'The charge is complete[: {percent} %].',
  charger_sleeps: 'The mode of {name|the plugged-in vehicle} rules here.',
  charger_held: "The charger's own mode is held: it is not known which car is plugged in.",
  settling: 'The opposite request was cancelled: looking whether it still takes effect.',
  judging: 'Enode refused the {direction|request}: looking whether it is so already.',
  requested: 'Asking Enode to {direction|switch} charging[ {name}].',
  pending: 'Enode took the request to {direction|switch} charging[ {name}]; waiting for evidence.',
  confirmed: 'Done[: {direction} confirmed][ after {latency} s].',
  asking_other:
    '{device|The first device} {hop|did not answer}: asking {other|the other device} instead[ ({name})][ to {direction} charging].',
  confirmed_other:
    '{device|The first device} {hop|did not answer}; asked {other|the other device} instead[ ({name})]: done[, {direction} confirmed][ after {latency} s].',
  failed_both:
    '{device|The first device} {hop|did not answer}, and {other|the other device}[ ({name})] did not {direction|switch} charging either[: {type}]. See whether both are online, then try again.[ {detail}]',
  already: 'Nothing to do: it is like that already.',
  limit_requested: 'Asking Enode to set {limit|the limit}[ to {amount}].',
  limit_pending: 'Enode is setting {limit|the limit}[ to {amount}].',
  limit_confirmed: 'Done[: {limit}][ is {amount}].',
  limit_superseded: 'Something newer took the place of {limit|this limit}[ ({amount})]. Set it again if needed.',
  limit_doubtful:
    'No clear answer from Enode[ about {limit}][ of {amount}]: looking whether it arrived before it is asked again.',
  limit_lost:
    'It is not known whether {limit|the limit} was set[ to {amount}]. Look at its value, and set it again if needed.',
  limit_unsent: 'Enode could not be reached[: {why}], so {limit|the limit} was not set[ to {amount}]. Try again later.',
  limit_too_late:
    'There was no time to set {limit|the limit}[ to {amount}] before it would have been too late. Set it again.',
  limit_no_route: 'Enode does not offer {limit|this limit} here. Set it in the app of the car or the charger.',
  no_response:
    'No response from {device|the device (Enode did not say which)}[ ({name})]. See whether it is online and awake, then try again.',
  failed_precondition:
    'Not possible as things are at {device|the device (Enode did not say which)}. Check cable, limit and timers there.[ {detail}]',
  failed_other: 'Failed at {device|the device (Enode did not say which)}[: {type}]. Try again later.[ {detail}]',
  unlinked_start: 'Taken back: a device was unlinked, so {name|this} is not started any more.',
  cancelled: 'The request[ to {direction} charging] was cancelled.',
  superseded: 'A newer request took the place of this one.',
  deadline_passed:
    'Too late: the request[ to {direction} charging] was older than its deadline and is not sent any more. Ask again if it still matters.',
  lost: 'It is not known what became of the request[ to {direction} charging]. Look at the state, and ask again if needed.',
  doubtful: 'No clear answer from Enode[ to the {direction}]: looking whether it arrived before anything else is done.',
  unsent: 'Enode could not be reached[: {why}]. It is tried again.',
  enode_400: 'Enode refused it[: {title}][ – {detail}].',
  enode_incapable:
    'Enode says that {device|the device} cannot {direction|switch} charging. {step|Link its charger}[ ({fix})].[ {title}][ – {detail}]',
  enode_403:
    'Enode does not allow it[ ({cause})]. Link the device again with control granted, or ask Enode about your quota.[ {title}][ – {detail}]',
  enode_404: 'Enode does not know {name|this device} any more. Link it again.',
  enode_422:
    'Enode refused it because something else steers this charge. Switch that schedule or smart charging off.[ {title}][ – {detail}]',
  enode_429: 'Too many requests to Enode[: not before {until}]. It goes on by itself.',
  enode_5xx: 'Enode has trouble[ (status {status})]. It goes on by itself.',
  enode_other: 'Enode answered in an unexpected way[ (status {status})][: {title}][ – {detail}].',
  refused_observe_only: 'Refused: only watching. Switch "observe only" off in the options[ to {direction} from here].',
  refused_away:
    'Refused: not at home, so a charge there is not stopped. Send "anywhere": true with the command verb to stop it all the same.',
  refused_incapable:
    'Refused: this vehicle cannot do it by itself[ ({capability})]. {step|Link its charger}[ ({fix})].',
  refused_charger_required: 'Refused: a charger is required here. {step|Link its charger}, then try again.',
  refused_consent:
    'Refused: commands to the charger need your consent, as Enode may then end its own orchestration. Set allow_charger_commands.',
  refused_no_cable: 'Refused: no cable is in at {name|this charger}. Plug in first.',
  refused_other_user: 'Refused: vehicle and charger belong to different Enode users. Link both under one user.',
  refused_elsewhere:
    'Refused: {name|the vehicle} reports a position away from home. Correct the home position or the place of the charger.',
  refused_route: 'Refused: this cannot go to {device|that device} now. Leave "route" out.',
  refused_not_paired:
    'Refused: {name|the vehicle} is not confirmed on this charger. Plug it in there, or command the vehicle.',
  refused_limit_incapable:
    'Refused: {limit|this limit} cannot be set here. {step|Use the app of the car or the charger}.',
  refused_limit_range: 'Refused: {limit|the limit} must lie[ between {min}][ and {max}] kW. Send a number within.',
  refused_mode_unbuilt: 'Refused: mode {mode|asked for} comes with a later version. Use manual, off or now.',
  refused_unknown_asset: 'Refused: no vehicle or charger has the id {id|given}. Take it from its topics.',
  refused_still_linked: 'Refused: this device is still linked at Enode. Unlink it there first, then forget it here.',
  refused_interlock:
    'Refused by the last safety check[: {check}]. See the log and report it; nothing is commanded until a restart.',
  refused_storage: 'Refused: the wish cannot be stored. Free space on the disk, then try again.',
  refused_nothing_to_cancel: 'Nothing to cancel: no command is on its way.',
  refused_prompt_stays: 'This stays: the charger is required here. Link it, or say that there is no compatible one.',
  refused_prompt_charger: 'Refused: only vehicles are asked to link their charger. Name the vehicle.',
  refused_unknown_brand: 'Refused: no brand has the code {brand|given}. Take it from the list of brands.',
  policy_set: 'Set for {brand|this brand}[: {policy}].',
  policy_waits:
    'Set for {brand|this brand}[: {policy}]. A vehicle that is plugged in now keeps the former rule until it is unplugged.',
  policy_asked:
    '{brand|A brand} was here before there was a choice, so its charger is optional. Decide with set_policy or on the page[; proposed is: {policy}].',
  onboarded: '{name|The vehicle} and a charger are linked: nothing to do.',
  onboarded_without: '{name|The vehicle} is used without a charger. You can link one here at any time.',
  onboarding_recommended:
    'Link the charger of {name|this vehicle}[, which {because}]: plugging in shows sooner, commands still work when the vehicle is offline, and power is known. Or dismiss this.',
  onboarding_required:
    '{step|Link its charger}: {name|this vehicle}[ {because}]. Until then charging modes and the switch to start are blocked.',
  onboarding_watched_alone:
    '{name|The vehicle} is only watched: it cannot be controlled by itself. With its charger linked and the policy mandatory_incapable it can be. Or dismiss this.',
  onboarding_watched:
    '{name|The vehicle} and a charger are linked, but the policy of its brand lets it only be watched. Set the policy to mandatory_incapable to charge by it.',
  onboarding_no_charger:
    '{name|The vehicle} is only watched, as there is no compatible charger. Should there be one, link it here.',
  brand_charger_must: '{name|This brand}: the charger must be linked, too, before it can be controlled.',
  brand_charger_may: '{name|This brand}: works by itself; linking the charger, too, makes it more reliable.',
  brand_unknown: '{name|This brand}: we will know after linking. The charger may then be required.',
  brand_charger: '{name|This brand} makes chargers. Link the vehicle first, then its charger.',
  intervention: '{title|Something must be done at the vehicle or charger.}[ – {description}]',
  ...englishPairs,
  ask_wait: 'Enode asked for a pause[ until {until}]. Try again after it.',
  ask_spent:
    'Too many requests about accounts and places today[: {requests}]. Try again tomorrow, and see what asks so often.',
  ask_busy: 'Other requests about accounts and places are still under way. Wait for their answers, then try again.',
  ask_unsent: 'Enode could not be reached[: {why}]. Nothing was changed there; try again later.',
  ask_doubtful:
    'No clear answer from Enode[: {why}]. See what is shown in a minute, then try again if it is still needed.',
  ask_refused: 'Enode refused it[: {title}][ – {detail}]. Correct what it names, then try again.',
  link_opened:
    'Open the link within 24 hours[, until tomorrow at {until}]; it works once. What was linked appears here by itself.',
  link_warning: 'Enode has trouble linking {name|this brand} at the moment. If it fails, try again later.',
  link_returned: 'You are done at Enode and can close this tab. What was linked appears by itself within a minute.',
  link_left: 'Nothing was linked[: {why}]. You can close this tab, and ask for a new link to try again.',
  link_quota:
    'Enode allows this client no more connections. Unlink a device that is not needed, or ask Enode for more.[ {title}][ – {detail}]',
  link_forbidden: "Enode does not allow this client to link that. Ask Enode's support.[ {title}][ – {detail}]",
  link_unknown_user: 'Refused: {user|that user} is not one of ours. Add it to the option users, or leave user out.',
  link_both_needs_vendor:
    'Refused: vehicle and charger in one go need a brand that has both, such as TESLA. Name the vendor, or link the vehicle first and the charger after it.',
  link_vendor_absent:
    "Enode does not offer {name|this brand} to this client. Switch the brand on in Enode's dashboard, or choose another.",
  link_vendor_lacks: 'Enode offers no {kind|such device} of {name|this brand}. Choose another brand for it.',
  relink_not_needed:
    'Enode sees no need to renew the login of {name|this device}: it works. Look at what else is asked for there.[ {title}][ – {detail}]',
  unlink_confirm:
    'This unlinks {gone|nothing}.[ Smart charging goes off for {off}, until a charger is linked again.][ Charging gets less reliable for {weaker}.] Send it again with "confirm": true to do it.',
  unlink_no_vendor:
    "Refused: Enode does not say of which brand's account this device is. Unlink it in Enode's dashboard.",
  unlink_done: 'Unlinked[: {names}]. To link again, ask for a new link.',
  placed: 'Enode knows the place of {name|the charger} now.',
  refused_place_vehicle:
    'Refused: the place of a vehicle follows from its own position or from its charger. Name a charger.',
  place_no_home:
    'Refused: it is not known where home is. Set home_latitude and home_longitude in the options, or send latitude and longitude.',
  place_not_home:
    'Refused: that is[ {metres} m] away from the home position. Correct the coordinates or the home position, or choose elsewhere.',
  place_untold: 'The place is kept here, but Enode was not told[: {why}]. Ask again to tell Enode.',
  problem_interlock: 'The last safety check failed[: {check}]. Nothing is commanded until a restart; please report it.',
  problem_storage: 'Storing fails[: {why}]. Free space on the disk; commands are refused until then.',
  problem_double_broker:
    'Another enode2mqtt uses the same topics[ ({detail})]. Stop one, or give it another base_topic.',
  problem_double_cloud:
    'Somebody else commands with the same Enode client, perhaps a second enode2mqtt. Stop one of them.',
  problem_older_copy:
    'Your broker remembers a later run of this installation[ ({detail})]: a backup was restored, or this is a copy. If the other still runs, stop one.',
  problem_cloud: 'Enode does not answer[: {why}]. It is tried again by itself.',
  problem_clock:
    'The clock of this machine is[ {seconds} s] off. Correct it; nothing is decided automatically until then.',
  problem_unorchestrated:
    'Enode does not choose between {name|a car} and its charger[: {by}]. Ask Enode support to enable EV charger pairing, or set allow_charger_commands to have it done here.',
  problem_webhooks:
    'Webhooks do not arrive[: {why}]. Look after webhook_url and the way to it; Enode is asked more often meanwhile.',
  problem_webhooks_silent:
    'No webhook has arrived for too long. Look after webhook_url and the way to it; Enode is asked more often meanwhile.',
} as const satisfies Record<ReasonCode, string>;
