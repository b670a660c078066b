// English words of pairs and of the settings: policies, brands and consent.

export const englishRules = {
  pairs: {
    title: 'Pairs',
    text: 'Which car belongs to which charger, how sure that is, and why. A command reaches a charger only while a car is confirmed on it.',
    none: 'There is no pair yet: a pair needs a car and a charger of the same Enode user.',
    words: { established: 'linked both', activated: 'plugged into each other', invalid: 'no longer valid' },
    by: { enode: 'says Enode', matcher: 'worked out here', person: 'you said so' } as Readonly<Record<string, string>>,
    certainty: 'Certainty',
    evidence: 'Why',
    since: (time: string) => `since ${time}`,
    guest: 'A guest’s car is plugged in',
    history: 'History',
    until: 'until',
    session: 'This charge',
    fromGrid: (value: string) => `${value} from the grid, before losses`,
    batteryTo: (to: string) => `battery ${to}`,
    batteryFromTo: (from: string, to: string) => `battery ${from} → ${to}`,
    native: 'Enode offers no statistics of the maker for pairs: these figures are measured here, at the charger.',
    correct: 'This is wrong…',
    correctTitle: (charger: string) => `Which car is on ${charger}?`,
    correctText: 'It holds until the cable is pulled out. A wrong answer can switch somebody else’s charge.',
    guestChoice: 'A guest’s car',
    say: 'That is so',
    done: 'Noted until the cable is pulled out.',
  },
  settings: {
    title: 'Settings',
    consent: {
      title: 'Commands to chargers',
      text: 'Enode can choose between the car and its charger by itself. As soon as a charger is commanded directly, Enode may switch that choice off for your client, for good, until you ask its support. So nothing is sent to a charger before you allow it.',
      allow: 'Allow commands to chargers',
      withdraw: 'Allow it no longer',
      choosers: {
        enode: 'At present Enode chooses between car and charger.',
        local:
          'At present enode2mqtt chooses between car and charger: the car where it is able and obeys, else its charger.',
      },
      asks: 'Enode was seen not to choose for your client. With your consent enode2mqtt does it; or ask Enode’s support to enable EV charger pairing.',
      none: 'Not allowed.',
      person: 'Allowed by you.',
      option: 'Allowed by the option allow_charger_commands; it can be taken back only there.',
    },
    policy: {
      title: 'Who needs a charger',
      text: 'Some cars cannot be controlled by themselves, or not reliably. Linking their charger closes the gap. Choose how strictly it is asked for; only you change it.',
      byDefault: 'For every brand without its own',
      names: {
        optional: 'Optional',
        mandatory_unreliable: 'For unreliable cars',
        mandatory_incapable: 'For incapable ones, too',
      },
      phases: {
        optional:
          'Phase 1: every prompt can be dismissed. Cars that cannot be controlled by themselves are only shown.',
        mandatory_unreliable: 'Phase 2: cars whose commands often fail wait for their charger.',
        mandatory_incapable:
          'Phase 3: also cars that cannot start, stop or tell their place can take part, together with their charger.',
      },
      table: 'Brands of your cars',
      all: 'All brands',
      brand: 'Brand',
      itself: 'By itself',
      success: 'Commands that worked',
      before: 'car alone',
      after: 'with charger',
      of: (ok: number, tries: number) => `${ok} of ${tries}`,
      rule: 'Rule',
      ruleOf: (brand: string) => `Rule for ${brand}`,
      proposal: (brand: string, policy: string) => `${brand}: shall “${policy}” count for it, too?`,
      proposalText:
        'Nothing changes until you answer. A car that is plugged in keeps the former rule until it is unplugged.',
      accept: 'Yes, from now on',
      keep: 'No, leave it',
      dated: (date: string) => `What is known of brands is of ${date}; the file brands.json can be edited.`,
    },
  },
};
