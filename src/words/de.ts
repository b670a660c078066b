// The German sentences, with the same parameters as the English ones.
import type { ReasonCode } from '../domain/telling/reason.ts';
import { germanPairs } from './de-pairs.ts';
import type { Glossary } from './template.ts';

export const germanWords: Glossary = {
  device: { vehicle: 'Fahrzeug', charger: 'Wallbox' },
  direction: { start: 'Start', stop: 'Stopp' },
  capability: {
    start: 'Starten',
    stop: 'Stoppen',
    locate: 'Standort',
    smart_charge: 'intelligentes Laden',
    max_current: 'Strom begrenzen',
    rate_limit: 'Leistung begrenzen',
  },
  kind: { vehicle: 'Fahrzeug', charger: 'Wallbox' },
  mode: { min_solar: 'min + solar' },
  because: { incapable: 'allein nicht steuerbar', unreliable: 'gehorcht oft nicht' },
  proof: {
    failures: 'Befehle sind unangesteckt immer wieder gescheitert',
    withdrawn: 'Enode hat die Freischaltung zurückgenommen',
  },
  policy: {
    optional: 'Wallbox freiwillig',
    mandatory_unreliable: 'Wallbox Pflicht bei unzuverlässigen Fahrzeugen',
    mandatory_incapable: 'Wallbox Pflicht bei unzuverlässigen und nicht steuerbaren Fahrzeugen',
  },
  brand: { '*': 'alle übrigen Marken' },
  step: {
    fix: 'Am Fahrzeug das Nötige tun',
    link_charger: 'Seine Wallbox verknüpfen',
    plug_in: 'An seiner verknüpften Wallbox anstecken',
    ask_enode: 'Den Enode-Support bitten, EV charger pairing freizuschalten, oder control: local wählen',
    allow_charger: 'allow_charger_commands setzen, damit seine Wallbox gefragt werden darf',
  },
  other: { vehicle: 'Fahrzeug', charger: 'Wallbox' },
  by: {
    flags: 'seine Fähigkeiten bleiben gesperrt, obwohl beide verknüpft sind',
    incapable: 'ein Befehl wurde als unmöglich abgelehnt',
    silent: 'es hat zweimal nicht geantwortet, und die Wallbox wurde nicht gefragt',
  },
  state: {
    considering: 'noch ohne Plan',
    executing: 'sein Plan läuft',
    overridden: 'sein Plan ist übersteuert',
    full: 'voll',
    ended: 'sein Plan ist zu Ende',
  },
  hop: {
    silent: 'antwortet nicht',
    failed: 'hat es nicht getan',
    unable: 'kann es nicht',
    both: 'hat das Seine getan',
  },
  limit: { max_current: 'der höchste Strom', rate_limit: 'die Leistungsgrenze' },
  cause: { scope: 'Berechtigung', quota: 'Kontingent' },
};

export const german = {
  starting_up: 'Gerade gestartet: erst schauen, dann entscheiden.',
  not_linked: 'Bei Enode nicht mehr verknüpft. Zum Steuern neu verknüpfen.',
  twin_user:
    'Dasselbe Gerät ist auch unter {user|einem anderen Nutzer} verknüpft und wird dort gesteuert; hier wird nur beobachtet. Auto und Wallbox unter einem Nutzer verknüpfen.',
  twin_account:
    'Dasselbe Gerät ist doppelt verknüpft, und das andere wird gesteuert; dieses wird nur beobachtet. Eines der beiden Konten trennen.',
  incapable:
    'Dieses Fahrzeug lässt sich nicht allein steuern[: {capability} fehlt]. {step|Seine Wallbox verknüpfen}, dann geht es.',
  charger_required:
    'Hier ist eine Wallbox Pflicht. {step|Seine Wallbox verknüpfen}, dann geht das Laden nach Modus weiter.',
  pairing_invalid:
    'Das Paar mit {name|der Wallbox} gilt nicht mehr[: {proof}]. Dort anstecken oder die Wallbox neu verknüpfen.',
  not_eligible:
    'Nur beobachtet: allein nicht steuerbar[, und für die Marke gilt „{policy}“]. Die Richtlinie mandatory_incapable lässt die Wallbox das tun.',
  handover_schedule:
    'Ein Zeitplan bei Enode[ ({id})] steuert diese Ladung: hier wird nur beobachtet. Dort abschalten, um hier zu entscheiden.',
  handover_smart_charging:
    'Enodes eigenes intelligentes Laden steuert[ ({state})]: hier wird nur beobachtet. Dort abschalten, um hier zu entscheiden.',
  foreign_control:
    'Etwas anderes schaltet diese Ladung: vielleicht die App eines Anbieters oder der Timer des Autos. Dort abschalten; Modi pausieren bis zum Abstecken.',
  clock_unchecked:
    'Die Uhr dieses Rechners und die von Enode stimmen noch nicht überein[: {seconds} s]. Uhrzeit prüfen; bis dahin keine Automatik.',
  stale: 'Der letzte Bericht ist zu alt[: {minutes} min]. Bis ein neuerer kommt, geschieht nichts.',
  away: 'Nicht zu Hause: bleibt unberührt.',
  place_unknown:
    'Nicht sicher zu Hause: bleibt unberührt. Heimatposition oder Ort der Wallbox in den Optionen angeben.',
  unplugged: 'Nicht angesteckt.',
  override_charge: 'Lädt, weil es so verlangt wurde, bis {until|zum Abstecken}. „End override“ beendet es.',
  override_stop: 'Lädt nicht, weil es so verlangt wurde, bis {until|zum Abstecken}. „End override“ beendet es.',
  paused: 'Das automatische Laden pausiert für das ganze Haus.',
  below_minimum: 'Lädt: Der Akkustand[ von {percent} %] ist unter dem Minimum[ von {minimum} %].',
  departure_due: 'Lädt, um[ mit {target} %] zur Abfahrt[ um {departure}] bereit zu sein.',
  target_reached: 'Das Ladeziel[ von {target} %] ist erreicht.',
  vehicle_limit_reached: 'Die Grenze im Fahrzeug[ von {limit} %] ist erreicht. Zum Weiterladen dort anheben.',
  hand_stopped: 'Am Auto oder an der Wallbox gestoppt: bleibt so bis zum Abstecken.',
  hand_started: 'Am Auto oder an der Wallbox gestartet: bleibt so bis zum Abstecken.',
  unlinked:
    'Die Verknüpfung eines beteiligten Geräts wurde inzwischen gelöst: diese Ladung bleibt, wie sie ist, bis zum Abstecken.',
  guard_wait: 'Wartet[ bis {until}] vor dem nächsten {direction|Schalten}, um die Technik zu schonen.',
  observe_only:
    'Nur beobachten[: sonst käme jetzt {direction}]. „observe only“ in den Optionen ausschalten, damit gehandelt wird.',
  exhausted:
    'Nach {attempts|mehreren} Versuchen aufgegeben[: {direction}]. Auto und Wallbox prüfen, dann neu anstecken oder den Schalter benutzen.',
  manual_charging: 'Lädt. Im Modus manual geschieht nichts von selbst.',
  manual_idle: 'Lädt nicht. Im Modus manual geschieht nichts von selbst.',
  off: 'Modus off: lädt nicht.',
  off_stopping: 'Modus off: Ladung wird gestoppt.',
  now_charging: 'Modus now: lädt.',
  now_starting: 'Modus now: Ladung wird gestartet.',
  now_blocked_fault: 'Eine Störung ist gemeldet[: {device}]. Bitte nachsehen; danach geht das Laden weiter.',
  now_blocked_no_power:
    'Angesteckt, aber es fließt kein Strom[: {device} hält an]. Timer, Sperre oder Sicherung dort prüfen.',
  complete: 'Die Ladung ist fertig[: {percent} %].',
  charger_sleeps: 'Hier gilt der Modus von {name|dem angesteckten Fahrzeug}.',
  charger_held: 'Der Modus der Wallbox ruht: Es ist nicht bekannt, welches Auto angesteckt ist.',
  settling: 'Der Gegenbefehl wurde zurückgenommen: Es wird geprüft, ob er noch wirkt.',
  judging: 'Enode hat abgelehnt ({direction|Anfrage}): Es wird geprüft, ob es schon so ist.',
  requested: 'Enode wird gebeten: {direction|Schalten}[ ({name})].',
  pending: 'Enode hat die Bitte angenommen: {direction|Schalten}[ ({name})]; warten auf einen Beleg.',
  confirmed: 'Erledigt[: {direction} bestätigt][ nach {latency} s].',
  asking_other:
    '{device|Das erste Gerät} {hop|antwortet nicht}: stattdessen wird gefragt: {other|das andere Gerät}[ ({name})][, {direction}].',
  confirmed_other:
    '{device|Das erste Gerät} {hop|antwortet nicht}; stattdessen gefragt: {other|das andere Gerät}[ ({name})]. Erledigt[: {direction} bestätigt][ nach {latency} s].',
  failed_both:
    '{device|Das erste Gerät} {hop|antwortet nicht}, und auch nicht geschaltet hat: {other|das andere Gerät}[ ({name})][, {direction}][: {type}]. Prüfen, ob beide online sind, dann erneut versuchen.[ {detail}]',
  already: 'Nichts zu tun: Es ist schon so.',
  limit_requested: 'Enode wird gebeten: {limit|Grenze}[ auf {amount}].',
  limit_pending: 'Enode stellt ein: {limit|Grenze}[ auf {amount}].',
  limit_confirmed: 'Erledigt[: {limit}][ ist {amount}].',
  limit_superseded: 'Etwas Neueres trat an die Stelle dieser Grenze[ ({limit})][ von {amount}]. Bei Bedarf neu setzen.',
  limit_doubtful: 'Keine klare Antwort von Enode[ ({limit})][ zu {amount}]: Erst wird geschaut, ob die Bitte ankam.',
  limit_lost:
    'Ob die Grenze[ ({limit})] gesetzt wurde[ auf {amount}], ist nicht bekannt. Wert ansehen und bei Bedarf neu setzen.',
  limit_unsent:
    'Enode war nicht erreichbar[: {why}], die Grenze[ ({limit})] wurde nicht gesetzt[ auf {amount}]. Später erneut versuchen.',
  limit_too_late: 'Die Grenze[ ({limit})] konnte nicht rechtzeitig gesetzt werden[ auf {amount}]. Neu setzen.',
  limit_no_route:
    'Enode bietet diese Grenze[ ({limit})] hier nicht an. In der App des Autos oder der Wallbox einstellen.',
  no_response:
    'Keine Antwort vom Gerät ({device|Enode sagt nicht, welches})[: {name}]. Prüfen, ob es online und wach ist, dann erneut versuchen.',
  failed_precondition:
    'So gerade nicht möglich ({device|Enode sagt nicht, welches Gerät}). Kabel, Grenze und Timer dort prüfen.[ {detail}]',
  failed_other:
    'Fehlgeschlagen ({device|Enode sagt nicht, welches Gerät})[: {type}]. Später erneut versuchen.[ {detail}]',
  unlinked_start: 'Zurückgenommen: Die Verknüpfung eines Geräts wurde gelöst, {name|dies} wird nicht mehr gestartet.',
  cancelled: 'Die Bitte[ ({direction})] wurde abgebrochen.',
  superseded: 'Eine neuere Bitte hat diese ersetzt.',
  deadline_passed:
    'Zu spät: Die Bitte[ ({direction})] hat ihre Frist überschritten und wird nicht mehr gesendet. Bei Bedarf neu auslösen.',
  lost: 'Was aus der Bitte[ ({direction})] wurde, ist nicht bekannt. Zustand ansehen und bei Bedarf neu auslösen.',
  doubtful: 'Keine klare Antwort von Enode[ ({direction})]: Erst wird geschaut, ob die Bitte ankam.',
  unsent: 'Enode war nicht erreichbar[: {why}]. Es wird erneut versucht.',
  enode_400: 'Enode hat abgelehnt[: {title}][ – {detail}].',
  enode_incapable:
    'Enode sagt: nicht möglich ({device|Gerät})[: {direction}]. {step|Seine Wallbox verknüpfen}[ ({fix})].[ {title}][ – {detail}]',
  enode_403:
    'Enode erlaubt es nicht[ ({cause})]. Mit Steuerrecht neu verknüpfen, oder Enode nach dem Kontingent fragen.[ {title}][ – {detail}]',
  enode_404: 'Enode kennt {name|dieses Gerät} nicht mehr. Neu verknüpfen.',
  enode_422:
    'Enode hat abgelehnt, weil etwas anderes steuert. Zeitplan oder intelligentes Laden dort abschalten.[ {title}][ – {detail}]',
  enode_429: 'Zu viele Anfragen an Enode[: nicht vor {until}]. Es geht von selbst weiter.',
  enode_5xx: 'Enode hat eine Störung[ (Status {status})]. Es geht von selbst weiter.',
  enode_other: 'Enode hat unerwartet geantwortet[ (Status {status})][: {title}][ – {detail}].',
  refused_observe_only:
    'Abgelehnt[ ({direction})]: Es wird nur beobachtet. „observe only“ in den Optionen ausschalten.',
  refused_away:
    'Abgelehnt: nicht zu Hause, darum wird dort nicht gestoppt. Mit "anywhere": true im Befehl command geht es trotzdem.',
  refused_incapable:
    'Abgelehnt: Das kann dieses Fahrzeug nicht allein[ ({capability})]. {step|Seine Wallbox verknüpfen}[ ({fix})].',
  refused_charger_required:
    'Abgelehnt: Hier ist eine Wallbox Pflicht. {step|Seine Wallbox verknüpfen}, dann erneut versuchen.',
  refused_consent:
    'Abgelehnt: Befehle an die Wallbox brauchen Zustimmung, weil Enode danach die eigene Steuerung beenden kann. allow_charger_commands setzen.',
  refused_no_cable: 'Abgelehnt: An {name|dieser Wallbox} steckt kein Kabel. Erst anstecken.',
  refused_other_user:
    'Abgelehnt: Fahrzeug und Wallbox gehören verschiedenen Enode-Nutzern. Beide unter einem Nutzer verknüpfen.',
  refused_elsewhere:
    'Abgelehnt: {name|Das Fahrzeug} meldet eine Position fern von zu Hause. Heimposition oder Ort der Wallbox korrigieren.',
  refused_route: 'Abgelehnt: Das geht jetzt nicht über {device|dieses Gerät}. „route“ weglassen.',
  refused_not_paired:
    'Abgelehnt: {name|Das Fahrzeug} ist an dieser Wallbox nicht bestätigt. Dort anstecken, oder das Fahrzeug schalten.',
  refused_limit_incapable:
    'Abgelehnt: Diese Grenze[ ({limit})] lässt sich hier nicht setzen. {step|Die App des Autos oder der Wallbox verwenden}.',
  refused_limit_range:
    'Abgelehnt: Die Grenze[ ({limit})] muss[ zwischen {min}][ und {max}] kW liegen. Eine Zahl darin senden.',
  refused_mode_unbuilt:
    'Abgelehnt: Den Modus {mode|dazu} gibt es erst in einer späteren Version. manual, off oder now wählen.',
  refused_unknown_asset:
    'Abgelehnt: Kein Fahrzeug und keine Wallbox hat die Kennung {id|aus der Anfrage}. Sie steht in den Topics.',
  refused_still_linked: 'Abgelehnt: Dieses Gerät ist bei Enode noch verknüpft. Erst dort trennen, dann hier vergessen.',
  refused_interlock:
    'Von der letzten Sicherung abgelehnt[: {check}]. Log ansehen und melden; bis zum Neustart wird nichts geschaltet.',
  refused_storage:
    'Abgelehnt: Der Wunsch lässt sich nicht speichern. Platz auf dem Datenträger schaffen, dann erneut versuchen.',
  refused_nothing_to_cancel: 'Nichts abzubrechen: Kein Befehl ist unterwegs.',
  refused_prompt_stays:
    'Das bleibt: Die Wallbox ist hier Pflicht. Verknüpfen, oder angeben, dass es keine passende gibt.',
  refused_prompt_charger: 'Abgelehnt: Nur bei Fahrzeugen wird um ihre Wallbox gebeten. Das Fahrzeug nennen.',
  refused_unknown_brand: 'Abgelehnt: Keine Marke hat das Kürzel {brand|genannte}. In der Liste der Marken nachsehen.',
  policy_set: 'Gilt für {brand|diese Marke}[: {policy}].',
  policy_waits:
    'Gilt für {brand|diese Marke}[: {policy}]. Ein jetzt angestecktes Fahrzeug behält die bisherige Regel bis zum Abstecken.',
  policy_asked:
    '{brand|Eine Marke} war schon da, bevor es die Wahl gab: ihre Wallbox ist freiwillig. Mit set_policy oder auf der Seite entscheiden[; Vorschlag: {policy}].',
  onboarded: '{name|Das Fahrzeug} und eine Wallbox sind verknüpft: nichts zu tun.',
  onboarded_without: '{name|Das Fahrzeug} läuft ohne Wallbox. Sie lässt sich hier jederzeit verknüpfen.',
  onboarding_recommended:
    'Die Wallbox zu {name|diesem Fahrzeug}[ ({because})] verknüpfen: Anstecken wird schneller erkannt, Befehle gehen auch, wenn das Fahrzeug offline ist, und die Leistung ist bekannt. Oder ablehnen.',
  onboarding_required:
    '{step|Seine Wallbox verknüpfen}: {name|dieses Fahrzeug}[ ({because})]. Bis dahin sind Lademodi und das Starten gesperrt.',
  onboarding_watched_alone:
    '{name|Das Fahrzeug} wird nur beobachtet: allein ist es nicht steuerbar. Mit seiner Wallbox und der Richtlinie mandatory_incapable schon. Oder ablehnen.',
  onboarding_watched:
    '{name|Das Fahrzeug} und eine Wallbox sind verknüpft, aber nach der Richtlinie der Marke wird es nur beobachtet. Mit mandatory_incapable wird danach geladen.',
  onboarding_no_charger:
    '{name|Das Fahrzeug} wird nur beobachtet, da es keine passende Wallbox gibt. Gibt es doch eine: hier verknüpfen.',
  brand_charger_must: '{name|Diese Marke}: Auch die Wallbox muss verknüpft werden, erst dann lässt sich steuern.',
  brand_charger_may: '{name|Diese Marke}: Geht allein; mit verknüpfter Wallbox zuverlässiger.',
  brand_unknown: '{name|Diese Marke}: Das zeigt sich nach dem Verknüpfen. Die Wallbox kann dann Pflicht sein.',
  brand_charger: '{name|Diese Marke} baut Wallboxen. Erst das Fahrzeug verknüpfen, dann seine Wallbox.',
  intervention: '{title|Am Fahrzeug oder an der Wallbox ist etwas zu tun.}[ – {description}]',
  ...germanPairs,
  ask_wait: 'Enode bittet um eine Pause[ bis {until}]. Danach erneut versuchen.',
  ask_spent:
    'Zu viele Anfragen zu Konten und Orten heute[: {requests}]. Morgen erneut versuchen und nachsehen, was so oft fragt.',
  ask_busy: 'Andere Anfragen zu Konten und Orten laufen noch. Ihre Antworten abwarten, dann erneut versuchen.',
  ask_unsent: 'Enode war nicht zu erreichen[: {why}]. Dort wurde nichts geändert; später erneut versuchen.',
  ask_doubtful:
    'Keine klare Antwort von Enode[: {why}]. In einer Minute nachsehen und, falls noch nötig, erneut versuchen.',
  ask_refused: 'Enode hat abgelehnt[: {title}][ – {detail}]. Das Genannte berichtigen, dann erneut versuchen.',
  link_opened:
    'Den Link innerhalb von 24 Stunden öffnen[, bis morgen um {until}]; er gilt einmal. Was verknüpft wurde, erscheint hier von selbst.',
  link_warning:
    'Enode hat zurzeit Probleme beim Verknüpfen von {name|dieser Marke}. Falls es scheitert, später erneut versuchen.',
  link_returned:
    'Bei Enode ist alles getan, dieser Tab kann zu. Was verknüpft wurde, erscheint innerhalb einer Minute von selbst.',
  link_left: 'Es wurde nichts verknüpft[: {why}]. Dieser Tab kann zu; zum erneuten Versuch einen neuen Link anfordern.',
  link_quota:
    'Enode erlaubt diesem Client keine weiteren Verbindungen. Ein unnötiges Gerät trennen oder Enode um mehr bitten.[ {title}][ – {detail}]',
  link_forbidden:
    'Enode erlaubt diesem Client nicht, das zu verknüpfen. Den Enode-Support fragen.[ {title}][ – {detail}]',
  link_unknown_user:
    'Abgelehnt: {user|dieser Nutzer} gehört nicht zu uns. In der Option users eintragen oder user weglassen.',
  link_both_needs_vendor:
    'Abgelehnt: Fahrzeug und Wallbox zusammen brauchen eine Marke mit beidem, etwa TESLA. Vendor nennen, oder erst das Fahrzeug und danach die Wallbox verknüpfen.',
  link_vendor_absent:
    'Enode bietet diesem Client {name|diese Marke} nicht an. Die Marke im Dashboard von Enode einschalten oder eine andere wählen.',
  link_vendor_lacks:
    'Von {name|dieser Marke} bietet Enode nichts an, was passt[: {kind}]. Dafür eine andere Marke wählen.',
  relink_not_needed:
    'Enode sieht keinen Grund, die Anmeldung von {name|diesem Gerät} zu erneuern: sie gilt. Nachsehen, was dort sonst nötig ist.[ {title}][ – {detail}]',
  unlink_confirm:
    'Das trennt {gone|nichts}.[ Das intelligente Laden endet für {off}, bis wieder eine Wallbox verknüpft ist.][ Das Laden wird weniger zuverlässig für {weaker}.] Zum Ausführen noch einmal mit "confirm": true senden.',
  unlink_no_vendor:
    'Abgelehnt: Enode sagt nicht, zum Konto welcher Marke dieses Gerät gehört. Im Dashboard von Enode trennen.',
  unlink_done: 'Getrennt[: {names}]. Zum erneuten Verknüpfen einen neuen Link anfordern.',
  placed: 'Enode kennt jetzt den Ort von {name|der Wallbox}.',
  refused_place_vehicle:
    'Abgelehnt: Der Ort eines Fahrzeugs folgt aus seiner Position oder aus seiner Wallbox. Eine Wallbox nennen.',
  place_no_home:
    'Abgelehnt: Es ist nicht bekannt, wo das Zuhause liegt. In den Optionen home_latitude und home_longitude setzen oder latitude und longitude mitschicken.',
  place_not_home:
    'Abgelehnt: Das liegt[ {metres} m] abseits des Zuhauses. Koordinaten oder Zuhause berichtigen, oder elsewhere wählen.',
  place_untold:
    'Der Ort ist hier gespeichert, aber Enode weiß nichts davon[: {why}]. Erneut anfragen, um es Enode mitzuteilen.',
  problem_interlock:
    'Die letzte Sicherung hat ausgelöst[: {check}]. Bis zum Neustart wird nichts geschaltet; bitte melden.',
  problem_storage:
    'Speichern geht nicht[: {why}]. Platz auf dem Datenträger schaffen; bis dahin werden Befehle abgelehnt.',
  problem_double_broker:
    'Ein anderes enode2mqtt benutzt dieselben Topics[ ({detail})]. Eines beenden, oder ihm ein anderes base_topic geben.',
  problem_double_cloud:
    'Jemand anderes schaltet mit demselben Enode-Client, vielleicht ein zweites enode2mqtt. Eines davon beenden.',
  problem_older_copy:
    'Der Broker kennt einen späteren Lauf dieser Installation[ ({detail})]: ein zurückgespieltes Backup oder eine Kopie. Läuft die andere noch, eine beenden.',
  problem_cloud: 'Enode antwortet nicht[: {why}]. Es wird von selbst wieder versucht.',
  problem_clock:
    'Die Uhr dieses Rechners geht[ um {seconds} s] falsch. Bitte stellen; bis dahin wird nichts von selbst entschieden.',
  problem_unorchestrated:
    'Enode wählt nicht zwischen {name|Auto} und Wallbox[: {by}]. Enode-Support um EV charger pairing bitten, oder allow_charger_commands setzen, damit es hier geschieht.',
  problem_webhooks:
    'Webhooks kommen nicht an[: {why}]. webhook_url und den Weg dorthin prüfen; bis dahin wird Enode öfter gefragt.',
  problem_webhooks_silent:
    'Seit zu langer Zeit kam kein Webhook an. webhook_url und den Weg dorthin prüfen; bis dahin wird Enode öfter gefragt.',
} as const satisfies Record<ReasonCode, string>;
