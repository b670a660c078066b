// German words of pairs and of the settings: policies, brands and consent.
import type { englishRules } from './en-rules.ts';

export const germanRules: typeof englishRules = {
  pairs: {
    title: 'Paare',
    text: 'Welches Auto zu welcher Wallbox gehört, wie sicher das ist und warum. Ein Befehl erreicht eine Wallbox nur, solange ein Auto an ihr bestätigt ist.',
    none: 'Noch gibt es kein Paar: Dazu gehören ein Auto und eine Wallbox desselben Enode-Nutzers.',
    words: { established: 'beide verknüpft', activated: 'aneinander angesteckt', invalid: 'gilt nicht mehr' },
    by: { enode: 'sagt Enode', matcher: 'hier ermittelt', person: 'du hast es gesagt' },
    certainty: 'Sicherheit',
    evidence: 'Warum',
    since: (time) => `seit ${time}`,
    guest: 'Das Auto eines Gastes ist angesteckt',
    history: 'Verlauf',
    until: 'bis',
    session: 'Diese Ladung',
    fromGrid: (value) => `${value} aus dem Netz, vor Verlusten`,
    batteryTo: (to) => `Batterie ${to}`,
    batteryFromTo: (from, to) => `Batterie ${from} → ${to}`,
    native: 'Für Paare bietet Enode keine Zahlen des Herstellers: Diese sind hier an der Wallbox gemessen.',
    correct: 'Das stimmt nicht…',
    correctTitle: (charger) => `Welches Auto ist an ${charger}?`,
    correctText: 'Das gilt, bis das Kabel gezogen wird. Eine falsche Antwort kann eine fremde Ladung schalten.',
    guestChoice: 'Das Auto eines Gastes',
    withdrawChoice: 'Ich nehme zurück, was ich gesagt habe',
    say: 'So ist es',
    done: 'Notiert, bis das Kabel gezogen wird.',
    withdrawn: 'Zurückgenommen: Was die Geräte melden, gilt wieder.',
  },
  settings: {
    title: 'Einstellungen',
    consent: {
      title: 'Befehle an Wallboxen',
      text: 'Enode kann selbst zwischen Auto und Wallbox wählen. Sobald eine Wallbox direkt einen Befehl bekommt, kann Enode diese Wahl für deinen Client dauerhaft abschalten, bis du dort den Support bittest. Darum geht nichts an eine Wallbox, bevor du es erlaubst.',
      allow: 'Befehle an Wallboxen erlauben',
      withdraw: 'Nicht mehr erlauben',
      choosers: {
        enode: 'Zurzeit wählt Enode zwischen Auto und Wallbox.',
        local:
          'Zurzeit wählt enode2mqtt zwischen Auto und Wallbox: das Auto, wo es kann und gehorcht, sonst seine Wallbox.',
      },
      asks: 'Enode wählt für deinen Client offenbar nicht. Mit deiner Zustimmung tut es enode2mqtt; oder bitte den Support von Enode, die Paarung von Auto und Wallbox einzuschalten.',
      none: 'Nicht erlaubt.',
      person: 'Von dir erlaubt.',
      option: 'Durch die Option allow_charger_commands erlaubt; nur dort lässt es sich zurücknehmen.',
    },
    policy: {
      title: 'Wer eine Wallbox braucht',
      text: 'Manche Autos lassen sich allein nicht oder nicht zuverlässig steuern. Mit ihrer Wallbox geht es. Wähle, wie streng danach gefragt wird; nur du änderst es.',
      byDefault: 'Für alle Marken ohne eigene Regel',
      names: {
        optional: 'Freiwillig',
        mandatory_unreliable: 'Für unzuverlässige Autos',
        mandatory_incapable: 'Auch für unfähige Autos',
      },
      phases: {
        optional:
          'Phase 1: Jeder Hinweis lässt sich ausblenden. Autos, die allein nicht steuerbar sind, werden nur gezeigt.',
        mandatory_unreliable: 'Phase 2: Autos, deren Befehle oft misslingen, warten auf ihre Wallbox.',
        mandatory_incapable:
          'Phase 3: Auch Autos, die nicht starten, stoppen oder ihren Ort melden können, machen mit ihrer Wallbox mit.',
      },
      table: 'Marken deiner Autos',
      all: 'Alle Marken',
      brand: 'Marke',
      itself: 'Allein',
      success: 'Geglückte Befehle',
      before: 'Auto allein',
      after: 'mit Wallbox',
      of: (ok, tries) => `${ok} von ${tries}`,
      rule: 'Regel',
      ruleOf: (brand) => `Regel für ${brand}`,
      proposal: (brand, policy) => `${brand}: Soll auch dafür „${policy}“ gelten?`,
      proposalText:
        'Bis du antwortest, ändert sich nichts. Ein angestecktes Auto behält die alte Regel, bis es abgesteckt wird.',
      accept: 'Ja, ab jetzt',
      keep: 'Nein, so lassen',
      dated: (date) => `Was über Marken bekannt ist, stammt vom ${date}; die Datei brands.json lässt sich bearbeiten.`,
    },
  },
};
