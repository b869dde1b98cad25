package dev.averment.server.console.flow;

import dev.averment.server.clocks.Clock;
import dev.averment.server.console.Phrase;
import dev.averment.server.console.Sheet;
import dev.averment.server.incidents.Incident;

/** What the pages say about incidents, and about the alerts that go out. */
public enum Trouble implements Phrase {
    ABOUT("since %s, owner: %s", "seit %s, verantwortlich: %s"),
    NONE_OPEN("No incident is open.", "Kein Vorfall ist offen."),
    OPEN("Open", "Offen"),
    ENDED("Ended", "Beendet"),
    BY_HAND("Open an incident", "Vorfall eröffnen"),
    BY_HAND_WHY("For what no check and no workflow sees.", "Für das, was keine Prüfung und kein Ablauf sieht."),
    TITLE("What is wrong", "Was nicht stimmt"),
    SEVERITY("Severity", "Schwere"),
    OWNER("Owner", "Verantwortlich"),
    NO_OWNER("nobody", "niemand"),
    STATE_OPEN("open", "offen"),
    STATE_ACKNOWLEDGED("acknowledged", "angenommen"),
    STATE_RESOLVED("resolved", "behoben"),
    STATE_CLOSED("closed", "geschlossen"),
    ACKNOWLEDGE("Acknowledge", "Annehmen"),
    TAKE("Take it over", "Übernehmen"),
    UPDATE("Add an update", "Stand anfügen"),
    RESOLVE("Resolve", "Als behoben melden"),
    REOPEN("Open it again", "Wieder öffnen"),
    REVIEW("Post-incident review", "Nachbetrachtung"),
    REVIEW_WHY(
            "What happened, why, what is done so that it does not happen again. A P1 or P2 can't be closed without it.",
            "Was geschah, warum, was getan wird, damit es nicht wieder geschieht. Ein P1 oder P2 lässt sich ohne sie nicht schließen."),
    CLOSE("Close", "Schließen"),
    TIMELINE("Timeline", "Verlauf"),
    DEADLINES("Deadlines", "Fristen"),
    MET("met", "eingehalten"),
    MISSED("missed", "versäumt"),
    RUNNING("due %s", "fällig %s"),
    ALERTS("Alerts", "Benachrichtigungen"),
    ALERTS_NONE(
            "None went out: the workspace has no channel.", "Keine ging hinaus: Der Arbeitsbereich hat keinen Kanal."),
    ROOT("Root run", "Auslösender Lauf"),
    CHAIN("Escalation and working hours", "Eskalation und Arbeitszeiten"),
    CHAIN_STEPS("Who is asked next", "Wer als Nächstes gefragt wird"),
    CHAIN_WHY(
            "All channels hear of an incident when it opens. While nobody takes it up, it climbs these steps.",
            "Wird ein Vorfall eröffnet, so erfahren es alle Kanäle. Solange ihn niemand annimmt, steigt er diese Stufen hinauf."),
    CHAIN_NONE("No step yet: nobody else is asked.", "Noch keine Stufe: Niemand sonst wird gefragt."),
    STEP("Step %d", "Stufe %d"),
    STEP_AFTER("Step %d comes after", "Stufe %d kommt nach"),
    STEP_HINT(
            "Counted from when the incident opened, such as 15m or 2h. Left empty, there is no such step.",
            "Gezählt ab der Eröffnung, etwa 15m oder 2h. Leer gelassen gibt es die Stufe nicht."),
    STEP_CHANNELS("Channels", "Kanäle"),
    STEP_CHANNELS_HINT("None ticked: all that are in use.", "Nichts angekreuzt: alle, die in Gebrauch sind."),
    STEP_ALL("all channels", "alle Kanäle"),
    STEP_PEOPLE("People", "Menschen"),
    STEP_PEOPLE_HINT("They are named in the alert.", "Sie werden in der Nachricht genannt."),
    STEP_ABOUT("%s: %s", "%s: %s"),
    CALENDAR("Working hours", "Arbeitszeiten"),
    CALENDAR_WHY(
            "Terms in business hours and days are counted by them; terms in hours and days pass by the clock.",
            "Fristen in Geschäftsstunden und -tagen werden danach gezählt; Fristen in Stunden und Tagen laufen durch."),
    ZONE("Time zone", "Zeitzone"),
    ZONE_HINT("Such as Europe/Berlin.", "Etwa Europe/Berlin."),
    REGION("Legal holidays of", "Gesetzliche Feiertage von"),
    REGION_HINT("Such as DE or DE-BY; left empty, none.", "Etwa DE oder DE-BY; leer gelassen keine."),
    WEEK("Week", "Woche"),
    WEEK_HINT(
            "Such as mo-th 09:00-12:00,13:00-17:00; fr 09:00-15:00.",
            "Etwa mo-th 09:00-12:00,13:00-17:00; fr 09:00-15:00 (Tage: mo tu we th fr sa su)."),
    CLOSURES("Further free days", "Weitere freie Tage"),
    CLOSURES_HINT("Such as 2026-12-24 2026-12-31.", "Etwa 2026-12-24 2026-12-31."),
    TEXT_WRONG("Write something, up to %d characters.", "Schreiben Sie etwas, bis zu %d Zeichen."),
    WHAT_IS_KNOWN("What is known", "Was bekannt ist"),
    HAPPENED("What happened", "Was geschah"),
    WHY("Why", "Warum"),
    ACTIONS("What is done about it", "Was dagegen getan wird"),
    REVIEW_ADD("Add the review", "Nachbetrachtung anfügen"),
    STATE("State", "Stand"),
    ALONG("Went down with it", "Ging mit unter"),
    EVIDENCE("what it rests on", "worauf es beruht"),
    WITHDRAWN("no longer needed", "nicht mehr nötig"),
    DRILL("Failure drill", "Ausfallübung"),
    DRILL_WHY(
            "Breaks one of the demo workflows on purpose, and mends it a minute later. Watch the run fail, the incident open, the alert go out, and all of it recover.",
            "Bricht einen der Beispielabläufe mit Absicht und heilt ihn eine Minute später. Sehen Sie, wie der Lauf fehlschlägt, der Vorfall aufgeht, die Benachrichtigung hinausgeht und alles sich erholt."),
    DRILL_START("Break it", "Ausfall auslösen"),
    DRILL_ON(
            "A drill goes on. What it broke is mended at %s.", "Eine Übung läuft. Was sie störte, wird um %s geheilt."),
    DRILL_STEPS("What comes of it", "Was daraus wird"),
    DRILL_NEVER("No drill yet.", "Noch keine Übung."),
    DRILL_RUN("The run fails", "Der Lauf schlägt fehl"),
    DRILL_INCIDENT("The incident opens", "Der Vorfall geht auf"),
    DRILL_ALERT("The alert goes out", "Die Benachrichtigung geht hinaus"),
    DRILL_BACK("All of it recovers", "Alles erholt sich"),
    DRILL_WAITS("not yet", "noch nicht"),
    DRILL_ATTEMPT("“%s”, attempt %d: %s", "„%s“, Versuch %d: %s"),
    ATTEMPT_ARRIVED("arrived", "angekommen"),
    ATTEMPT_GOES("under way", "unterwegs"),
    ATTEMPT_FAILED("failed (%s)", "gescheitert (%s)"),
    DRILL_INBOX("Inbox", "Eingang"),
    DRILL_INBOX_WHY(
            "The one channel of a demo ends here: nobody outside is called.",
            "Der einzige Kanal eines Beispiels endet hier: Niemand außerhalb wird gerufen."),
    DRILL_INBOX_NONE("Nothing has arrived yet.", "Noch ist nichts angekommen."),
    DRILL_ASLEEP(
            "The demo sleeps: there was no drill in it for a day, and nothing runs. A drill wakes it.",
            "Das Beispiel schläft: Seit einem Tag gab es keine Übung, und nichts läuft. Eine Übung weckt es."),
    DRILL_AGAIN("Look again", "Noch einmal nachsehen"),
    DEMO("Demo", "Beispiel"),
    DEMO_MAKE("Make a demo workspace", "Beispiel anlegen"),
    DEMO_WHY(
            "Four small workflows that really run on this server, and a button that makes one of them fail.",
            "Vier kleine Abläufe, die wirklich auf diesem Server laufen, und ein Knopf, der einen davon ausfallen lässt."),
    DEMO_REMOVE("Take the demo away", "Beispiel wegnehmen"),
    DEMO_LOSS_1(
            "Its workflows run no more and are deleted with their runs.",
            "Seine Abläufe laufen nicht mehr und werden mit ihren Läufen gelöscht."),
    DEMO_LOSS_2("Its inbox is emptied.", "Sein Eingang wird geleert."),
    DEMO_LOSS_3(
            "Incidents, entries of the log and the workspace stay.",
            "Vorfälle, Einträge im Protokoll und der Arbeitsbereich bleiben.");

    private final String en;
    private final String de;

    Trouble(String en, String de) {
        this.en = en;
        this.de = de;
    }

    @Override
    public String en() {
        return en;
    }

    @Override
    public String de() {
        return de;
    }

    public static Trouble of(Incident.State state) {
        return valueOf("STATE_" + state.name());
    }

    /** How a deadline stands. */
    public static String standing(Sheet sheet, Clock clock) {
        return clock.outcome()
                .map(o -> sheet.say(
                        switch (o) {
                            case MET -> MET;
                            case MISSED -> MISSED;
                            case WITHDRAWN -> WITHDRAWN;
                        }))
                .orElseGet(() -> sheet.say(RUNNING, sheet.instant(clock.due())));
    }

    /** The page about what a line rests on; empty when there is none. */
    public static String page(String base, String evidence) {
        return evidence.matches("monitors/[0-9a-f-]{36}(/runs/[0-9a-f-]{36})?") ? base + "/" + evidence : "";
    }
}
