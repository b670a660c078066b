// The log a user can read: one line per change of decision, of a command, of the cloud.
import { isUnderWay } from '../domain/acting/command.ts';
import { bridgeOf } from '../domain/belief/bridge.ts';
import { chooserOf } from '../domain/belief/chooser.ts';
import { cloudOf } from '../domain/belief/cloud-learn.ts';
import { nameOf } from '../domain/belief/name.ts';
import { isHearing } from '../domain/belief/webhook.ts';
import { brandOf } from '../domain/choice/brand.ts';
import { leadOf } from '../domain/choice/lead.ts';
import { proposalFor } from '../domain/choice/policy.ts';
import type { Instant } from '../domain/instant.ts';
import type { AssetId } from '../domain/report.ts';
import type { View } from '../domain/site.ts';
import type { Decision } from '../domain/telling/decision.ts';
import type { Say } from '../domain/telling/describe.ts';
import { problemOf } from '../domain/telling/describe-house.ts';
import { shownReason } from '../domain/telling/describe-shared.ts';
import { type Reason, reason } from '../domain/telling/reason.ts';
import type { Log } from '../kernel/log.ts';

export interface Narrator {
  decided(view: View, decision: Decision, now: Instant): void;
  house(view: View, now: Instant): void;
}

/** Once per run: what the owner has not decided yet (R10). */
const askedPolicies = (view: View, now: Instant): Reason[] =>
  view.ids('policy').flatMap((vendor) => {
    const policy = proposalFor(view, vendor, now);
    const brand = brandOf(view, vendor, 'vehicle')?.name ?? vendor;
    return view.get('policy', vendor)?.ask && policy !== null ? [reason('policy_asked', { brand, policy })] : [];
  });

export function createNarrator(log: Log, say: Say): Narrator {
  const decisions = new Map<AssetId, { readonly code: string; readonly word: string }>();
  const lines = new Map<string, string>();
  const isNew = (key: string, line: string): boolean => {
    if (lines.get(key) === line) return false;
    lines.set(key, line);
    return true;
  };
  return {
    decided(view, decision, now) {
      const { lead } = decision;
      // A charger whose vehicle leads has had its line there.
      const why = leadOf(view, lead) === lead ? shownReason(view, lead, decision, now) : decision.reason;
      // Parameters like a percentage change all day; a change of code is a change of decision.
      const command = view.get('command', lead);
      const word = isUnderWay(command) ? 'under way' : (command?.word ?? 'idle');
      const held = decisions.get(lead);
      if (held?.code === why.code && held.word === word) return;
      decisions.set(lead, { code: why.code, word });
      log.info(`${nameOf(view, lead)}: ${say(why)}`);
    },
    house(view, now) {
      const { connected, why } = cloudOf(view);
      if (connected !== null && isNew('cloud', String(connected))) {
        if (connected) log.info('Enode cloud: connected');
        else log.warn(`Enode cloud: no usable answer (${why ?? 'no reason given'}); trying again by itself`);
      }
      if (view.settings.control === 'auto' && isNew('chooser', chooserOf(view)) && chooserOf(view) === 'local')
        log.info('Enode does not choose between a car and its charger for this client: enode2mqtt does, as consented');
      const isHeard = isHearing(view);
      // That they stopped is told as the problem that it is.
      if (isNew('webhooks', String(isHeard)) && isHeard)
        log.info('Webhooks: Enode delivers here; listings are only read as a safety net now');
      if (isNew('policies', 'told')) for (const why of askedPolicies(view, now)) log.info(say(why));
      // A cloud that does not answer has had its line above.
      const { latched, storageFailed, double } = bridgeOf(view);
      if (connected === false && !latched && !storageFailed && !double) return;
      const problem = problemOf(view, now);
      if (isNew('problem', problem?.code ?? '') && problem !== null) log.warn(say(problem));
    },
  };
}
