package dev.averment.server.console.flow;

import dev.averment.server.console.Phrase;

/** What the pages say about workflows and their runs. */
public enum Flow implements Phrase {
    OVERVIEW("Overview", "Übersicht"),
    WORKFLOWS("Workflows", "Abläufe"),
    INCIDENTS("Incidents", "Vorfälle"),
    CHANNELS("Channels", "Kanäle"),
    ALL_WELL("Everything that is watched runs as it should.", "Alles, was überwacht wird, läuft, wie es soll."),
    WRONG_COUNT("%d of %d workflows are wrong.", "%d von %d Abläufen sind gestört."),
    LATE_COUNT("%d are late.", "%d sind überfällig."),
    NOW_WRONG("Wrong now", "Jetzt gestört"),
    LAST_DAY("The last 24 hours", "Die letzten 24 Stunden"),
    LAST_WEEK("The last seven days", "Die letzten sieben Tage"),
    TIMES_UTC("Times are UTC.", "Zeiten in UTC."),
    NONE_YET("Nothing is watched yet.", "Noch wird nichts überwacht."),
    NONE_YET_WHY(
            "Make a workflow here, and let the job call its address when it is done. Or let the first call make it.",
            "Legen Sie hier einen Ablauf an, und lassen Sie den Job dessen Adresse aufrufen, wenn er fertig ist. Oder lassen Sie den ersten Aufruf ihn anlegen."),
    MAKE("Watch a workflow", "Ablauf überwachen"),
    NAME("Name", "Name"),
    NAME_HINT("Such as “nightly backup”.", "Etwa „nächtliches Backup“."),
    SCHEDULE("When it runs", "Wann er läuft"),
    SCHEDULE_HINT(
            "A time span (15m, 1h, 1d), a cron line (0 3 * * *), or a calendar expression of systemd (Mon..Fri 06:00).",
            "Ein Zeitraum (15m, 1h, 1d), eine Cron-Zeile (0 3 * * *) oder ein Kalenderausdruck von systemd (Mon..Fri 06:00)."),
    ZONE("Time zone", "Zeitzone"),
    ZONE_HINT(
            "Such as Europe/Berlin; counts for cron and calendar.", "Etwa Europe/Berlin; zählt bei Cron und Kalender."),
    GRACE("How late it may be", "Wie spät er sein darf"),
    MOST("How long a run may take", "Wie lange ein Lauf dauern darf"),
    LEAST("How long it takes at least", "Wie lange er mindestens dauert"),
    OPTIONAL("May be left empty.", "Darf leer bleiben."),
    FAILURES("Failures before it counts as down", "Fehlschläge, bis er als gestört gilt"),
    TAGS("Tags", "Schlagworte"),
    EVERY("every %s", "alle %s"),
    PLAN("%s; may be %s late", "%s; darf %s zu spät sein"),
    LAST("last %s", "zuletzt %s"),
    NEVER("never", "nie"),
    NEXT("due %s", "fällig %s"),
    STATE_NEW("waits for its first run", "wartet auf den ersten Lauf"),
    STATE_UP("up", "in Ordnung"),
    STATE_LATE("late", "überfällig"),
    STATE_DOWN("down", "gestört"),
    STATE_PAUSED("paused", "angehalten"),
    STATE_UNKNOWN("unknown", "unbekannt"),
    SINCE("since %s", "seit %s"),
    PING("Its address", "Seine Adresse"),
    PING_WHY(
            "Let the job call it when it is done; with /start before, and with the exit status behind, as tools for Healthchecks do. Whoever knows it can report a run: keep it like a password.",
            "Der Job ruft sie auf, wenn er fertig ist; davor mit /start, und mit dem Exit-Status am Ende, wie Werkzeuge für Healthchecks es tun. Wer sie kennt, kann einen Lauf melden: Verwahren Sie sie wie ein Passwort."),
    PAUSE("Pause", "Anhalten"),
    RESUME("Resume", "Fortsetzen"),
    DELETE("Delete the workflow", "Ablauf löschen"),
    DELETE_LOSS_1("“%s” is watched no longer.", "„%s“ wird nicht mehr überwacht."),
    DELETE_LOSS_2("Its runs and their output are deleted.", "Seine Läufe und deren Ausgaben werden gelöscht."),
    DELETE_LOSS_3("Entries of the log stay.", "Einträge im Protokoll bleiben."),
    TYPE_NAME("Type its name: %s", "Tippen Sie seinen Namen: %s"),
    RUNS("Runs", "Läufe"),
    RUNS_NONE("No run yet.", "Noch kein Lauf."),
    DURATION("Duration", "Dauer"),
    THROUGHPUT("Throughput", "Durchsatz"),
    MEMORY("Peak memory", "Speicherspitze"),
    RECORDS("Records", "Datensätze"),
    STARTED("Started", "Begonnen"),
    ENDED("Ended", "Beendet"),
    HOW("How", "Wie"),
    EXIT("Exit status", "Exit-Status"),
    RUN_OK("succeeded", "gelungen"),
    RUN_FAILED("failed", "fehlgeschlagen"),
    RUN_OVERRUN("took too long", "dauerte zu lange"),
    RUN_SHORT("too short", "zu kurz"),
    RUN_INCOMPLETE("incomplete", "unvollständig"),
    RUN_RUNNING("runs", "läuft"),
    RUN_MISSED("did not come", "blieb aus"),
    RUN_EXCUSED("left out, in a maintenance", "ausgelassen, in einer Wartung"),
    RUN_UNKNOWN("unknown", "unbekannt"),
    RUN("Run of %s", "Lauf von %s"),
    OUTPUT("Output", "Ausgabe"),
    OUTPUT_NONE("It sent no output.", "Er hat keine Ausgabe gesandt."),
    REDACTED("Secrets struck out before it was stored: %d.", "Vor dem Speichern geschwärzte Geheimnisse: %d."),
    TRUNCATED("Left out in the middle: %s.", "In der Mitte ausgelassen: %s."),
    WHAT_HAPPENED("What happened", "Was geschah"),
    NOTE("Note", "Notiz"),
    NOTE_ADD("Add a note", "Notiz anfügen"),
    NOTE_HINT("It stays: nobody can change or delete it.", "Sie bleibt: Niemand kann sie ändern oder löschen."),
    CHART_NOTHING("%s: no run has sent this.", "%s: kein Lauf hat das gesandt."),
    CHART_RANGE(
            "%s: last %s; half of %s runs below %s; from %s to %s.",
            "%s: zuletzt %s; die Hälfte von %s Läufen unter %s; von %s bis %s."),
    LIMIT_MOST("at most %s", "höchstens %s"),
    LIMIT_LEAST("at least %s", "mindestens %s"),
    NOTE_WRONG("A note has 1 to 4,000 characters.", "Eine Notiz hat 1 bis 4.000 Zeichen."),
    SETTINGS("Settings", "Einstellungen"),
    SPAN_WRONG(
            "This is no time span. Write 90s, 15m, 2h or 3d.",
            "Das ist kein Zeitraum. Schreiben Sie 90s, 15m, 2h oder 3d."),
    COUNT_WRONG("Write a number from 1 to 999.", "Schreiben Sie eine Zahl von 1 bis 999."),
    TYPED_OTHERWISE("That is not its name.", "Das ist nicht sein Name."),
    BY_SERVER("Averment", "Averment"),
    BY_PROGRAM("a program with a token", "ein Programm mit Schlüssel"),
    BY_PING("the job, by its address", "der Job, über seine Adresse"),
    BY_GONE("somebody who has left", "jemand, der nicht mehr dabei ist"),
    OF_RUN("run", "Lauf"),
    OF_MONITOR("workflow", "Ablauf"),
    DUE_NEXT("The next five times", "Die nächsten fünf Zeiten"),
    DUE_NEVER("It is never due again.", "Er ist nie wieder fällig."),
    SHOW_DUE("Show when it is due", "Zeigen, wann er fällig ist"),
    DEPENDS("Depends on", "Hängt ab von"),
    DEPENDS_HINT(
            "When one of these is down, this one's failures are told with it, not by themselves. Up to 50.",
            "Ist einer davon gestört, so werden die Fehlschläge von diesem mit ihm gemeldet, nicht für sich. Bis zu 50."),
    TOKEN_ONLY("Pings count only with a token", "Aufrufe zählen nur mit einem Schlüssel"),
    POST_ONLY("Pings count only by POST", "Aufrufe zählen nur per POST"),
    MANUAL_RESUME("A pause ends by hand alone", "Eine Pause endet nur von Hand"),
    RULES("What counts", "Was zählt"),
    QUIET("Mute and maintenance", "Stumm und Wartung"),
    MUTE("Mute", "Stumm schalten"),
    MUTE_WHY(
            "Nobody is told; runs are recorded as always. When it ends, what is wrong then is told.",
            "Niemand wird benachrichtigt; Läufe werden verzeichnet wie immer. Wenn es endet, wird gemeldet, was dann gestört ist."),
    MUTE_FOR("For how long", "Wie lange"),
    MUTE_HINT("Such as 30m, 4h or 2d.", "Etwa 30m, 4h oder 2d."),
    MUTED_UNTIL("Muted until %s.", "Stumm bis %s."),
    UNMUTE("Unmute", "Wieder melden"),
    MAINTENANCE("Maintenance", "Wartung"),
    MAINTENANCE_WHY(
            "In these times a run may be missing or fail: nobody is told, and it counts as excused.",
            "In diesen Zeiten darf ein Lauf fehlen oder fehlschlagen: Niemand wird benachrichtigt, und es gilt als entschuldigt."),
    MAINTENANCE_NONE("None is planned.", "Keine ist geplant."),
    MAINTENANCE_ABOUT("%s to %s", "%s bis %s"),
    MAINTENANCE_PLAN("Plan a maintenance", "Wartung planen"),
    FROM("From (UTC)", "Von (UTC)"),
    TO("To (UTC)", "Bis (UTC)"),
    DROP("Drop", "Streichen"),
    TIME_WRONG("Write a time such as 2026-11-25T22:00.", "Schreiben Sie eine Zeit wie 2026-11-25T22:00."),
    TOKENS("Tokens", "Schlüssel"),
    TOKENS_WHY(
            "A token lets pings of this workflow in and nothing else. A job shows it as bearer token, or signs with it.",
            "Ein Schlüssel lässt Aufrufe dieses Ablaufs herein und sonst nichts. Ein Job zeigt ihn als Bearer-Token oder signiert damit."),
    TOKENS_NONE("None yet.", "Noch keiner."),
    TOKEN_ABOUT("made %s, good until %s, last used %s", "angelegt %s, gültig bis %s, zuletzt benutzt %s"),
    TOKEN_OVER("made %s, ended %s, last used %s", "angelegt %s, beendet %s, zuletzt benutzt %s"),
    TOKEN_MAKE("Make a token", "Schlüssel anlegen"),
    TOKEN_NAME("Where it is used", "Wo er benutzt wird"),
    TOKEN_NAME_WRONG("Write 1 to 200 characters on one line.", "Schreiben Sie 1 bis 200 Zeichen in einer Zeile."),
    TOKEN_LIFE("How long it lives", "Wie lange er gilt"),
    TOKEN_LIFE_HINT("Such as 90d; 400d at most.", "Etwa 90d; höchstens 400d."),
    TOKEN_ROTATE("Rotate", "Wechseln"),
    TOKEN_ROTATE_WHY(
            "Another token takes the place of “%s”. For as long as you say here both count, so that the job can change over.",
            "Ein neuer Schlüssel tritt an die Stelle von „%s“. So lange, wie Sie hier sagen, gelten beide, damit der Job umsteigen kann."),
    TOKEN_OVERLAP("How long the old one counts", "Wie lange der alte noch gilt"),
    TOKEN_REVOKE("Revoke", "Widerrufen"),
    TOKEN_DELETE("Delete", "Löschen"),
    TOKEN_MADE("The token", "Der Schlüssel"),
    TOKEN_ONCE(
            "It is shown this once. Put it where the job reads it, such as a file for aver run.",
            "Er wird nur dieses eine Mal gezeigt. Legen Sie ihn dorthin, wo der Job ihn liest, etwa in eine Datei für aver run."),
    TOKEN_KEPT("I have kept it", "Ich habe ihn verwahrt"),
    COPY_CRON("In a crontab:", "In einer Crontab:"),
    REASON("Reason", "Grund");

    private final String en;
    private final String de;

    Flow(String en, String de) {
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
}
