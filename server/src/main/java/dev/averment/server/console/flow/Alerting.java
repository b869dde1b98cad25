package dev.averment.server.console.flow;

import dev.averment.server.console.Phrase;
import dev.averment.server.delivery.Delivery;
import java.util.Locale;

/** What the pages say about channels and what was sent there. */
public enum Alerting implements Phrase {
    NONE(
            "No channel yet: nobody is told when something breaks.",
            "Noch kein Kanal: Niemand erfährt, wenn etwas bricht."),
    WHY(
            "Where this workspace is told that something broke, and that it is well again. Every try is kept.",
            "Wo dieser Arbeitsbereich erfährt, dass etwas gebrochen ist und dass es wieder gut ist. Jeder Versuch wird aufbewahrt."),
    ADD("Add a channel", "Kanal anlegen"),
    WHICH("Which kind?", "Welcher Art?"),
    WEBHOOK("Webhook", "Webhook"),
    EMAIL("Mail", "E-Mail"),
    SLACK("Slack", "Slack"),
    TEAMS("Microsoft Teams", "Microsoft Teams"),
    DISCORD("Discord", "Discord"),
    PAGERDUTY("PagerDuty", "PagerDuty"),
    SMS("Text message", "SMS"),
    INBOX("Inbox of the demo", "Eingang des Beispiels"),
    WEBHOOK_WHY(
            "JSON to an address of yours, signed as Standard Webhooks 1.0.0 says.",
            "JSON an eine Adresse bei Ihnen, signiert nach Standard Webhooks 1.0.0."),
    EMAIL_WHY("Plain text to one or more addresses.", "Reiner Text an eine oder mehrere Adressen."),
    SLACK_WHY(
            "By the address of an incoming webhook of a Slack app.",
            "Über die Adresse eines eingehenden Webhooks einer Slack-App."),
    TEAMS_WHY(
            "By the address of a workflow, “When a Teams webhook request is received”.",
            "Über die Adresse eines Workflows, „Beim Empfang einer Teams-Webhookanforderung“."),
    DISCORD_WHY(
            "By the address of a webhook: settings of the Discord channel, Integrations.",
            "Über die Adresse eines Webhooks: Einstellungen des Discord-Kanals, Integrationen."),
    PAGERDUTY_WHY(
            "By the integration key of a service that has Events API v2.",
            "Über den Integrationsschlüssel eines Dienstes mit Events API v2."),
    SMS_WHY(
            "By a gateway of yours that takes {\"id\",\"text\",\"to\"} with a bearer token.",
            "Über ein Gateway bei Ihnen, das {\"id\",\"text\",\"to\"} mit einem Bearer-Token annimmt."),
    NAME("What you call it", "Wie Sie ihn nennen"),
    URL("Address", "Adresse"),
    URL_HINT(
            "It begins with https://. It is stored encrypted; afterwards only its host is shown.",
            "Sie beginnt mit https://. Sie wird verschlüsselt gespeichert; danach ist nur ihr Host zu sehen."),
    TO_MAIL("Mail addresses", "E-Mail-Adressen"),
    TO_SMS("Numbers", "Nummern"),
    TO_MAIL_HINT("Up to 20, with blanks between them.", "Bis zu 20, mit Leerzeichen dazwischen."),
    TO_SMS_HINT("Such as +4915112345678; up to 20, with blanks.", "Etwa +4915112345678; bis zu 20, mit Leerzeichen."),
    ROUTING_KEY("Integration key", "Integrationsschlüssel"),
    TOKEN("Token of the gateway", "Token des Gateways"),
    NEVER_AGAIN(
            "It is stored encrypted and never shown again.",
            "Es wird verschlüsselt gespeichert und nie wieder gezeigt."),
    KEPT_UNLESS(
            "What is stored is not shown. Leave these fields empty to keep it.",
            "Was gespeichert ist, wird nicht gezeigt. Lassen Sie diese Felder leer, um es zu behalten."),
    ON("in use", "in Gebrauch"),
    OFF("switched off", "ausgeschaltet"),
    FAILING("nothing has arrived since %s", "seit %s kommt nichts an"),
    KIND("Kind", "Art"),
    GOES_TO("Goes to", "Geht an"),
    STATE("State", "Stand"),
    MADE("Added", "Angelegt"),
    TEST("Send a test", "Test senden"),
    SWITCH_ON("Switch on", "Einschalten"),
    SWITCH_OFF("Switch off", "Ausschalten"),
    SETTINGS("Change", "Ändern"),
    REMOVE("Remove the channel", "Kanal entfernen"),
    REMOVE_LOSS_1("“%s” is told nothing any more.", "„%s“ erfährt nichts mehr."),
    REMOVE_LOSS_2("Its address and its secrets are deleted.", "Seine Adresse und seine Geheimnisse werden gelöscht."),
    REMOVE_LOSS_3("What was sent there stays in the record.", "Was dorthin ging, bleibt verzeichnet."),
    SECRET("Signing secret", "Signaturgeheimnis"),
    SECRET_WHY(
            "Receivers verify with it that a message is ours. It can't be shown again, only replaced: for 24 hours both sign.",
            "Empfänger prüfen damit, dass eine Nachricht von uns ist. Es lässt sich nicht noch einmal zeigen, nur ersetzen: 24 Stunden lang signieren beide."),
    SECRET_REPLACE("Replace it", "Ersetzen"),
    SECRET_ONCE(
            "It is shown this once. Put it where the receiver reads it, and into no file that is shared.",
            "Es wird nur dieses eine Mal gezeigt. Legen Sie es dorthin, wo der Empfänger es liest, und in keine Datei, die geteilt wird."),
    SECRET_KEPT("I have kept it", "Ich habe es verwahrt"),
    SENT("What was sent", "Was gesandt wurde"),
    SENT_NONE("Nothing was sent yet.", "Noch wurde nichts gesandt."),
    SENT_LAST(
            "The last 20 messages, newest first. Times are UTC.",
            "Die letzten 20 Nachrichten, neueste zuerst. Zeiten in UTC."),
    LOOK_AGAIN("Look again", "Noch einmal nachsehen"),
    TRY("Try", "Versuch"),
    AT("At", "Um"),
    RESULT("Result", "Ergebnis"),
    STATUS("Status", "Status"),
    TOOK("Took", "Dauer"),
    ANSWER("Answer", "Antwort"),
    NEXT_TRY("Next try", "Nächster Versuch"),
    STATE_PENDING("waits", "wartet"),
    STATE_IN_FLIGHT("on its way", "unterwegs"),
    STATE_DELIVERED("delivered", "angekommen"),
    STATE_RETRYING("is tried again", "wird noch einmal versucht"),
    STATE_EXHAUSTED("given up", "aufgegeben"),
    STATE_CANCELLED("cancelled", "abgebrochen"),
    STATE_BLOCKED("blocked", "gesperrt"),
    OUTCOME_RUNNING("runs", "läuft"),
    OUTCOME_OK("arrived", "angekommen"),
    OUTCOME_HTTP_STATUS("refused", "abgewiesen"),
    OUTCOME_TIMEOUT("no answer in time", "keine Antwort in der Zeit"),
    OUTCOME_DNS("the name has no address", "der Name hat keine Adresse"),
    OUTCOME_CONNECT("no connection", "keine Verbindung"),
    OUTCOME_TLS("its certificate is not good", "sein Zertifikat gilt nicht"),
    OUTCOME_BLOCKED("an address that the operator does not allow", "eine Adresse, die der Betreiber nicht erlaubt"),
    OUTCOME_MALFORMED("the answer can't be read", "die Antwort ist nicht zu lesen"),
    OUTCOME_MAIL("the mail relay did not take it", "das Mail-Relay nahm es nicht an"),
    OUTCOME_UNKNOWN("unknown: the server stopped meanwhile", "unbekannt: der Server hielt inzwischen an");

    private final String en;
    private final String de;

    Alerting(String en, String de) {
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

    /** What a kind of channel is called. */
    public static Alerting kind(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public static Alerting why(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT) + "_WHY");
    }

    public static Alerting state(Delivery delivery) {
        return valueOf("STATE_" + delivery.state().toUpperCase(Locale.ROOT));
    }

    public static Alerting outcome(Delivery.Attempt attempt) {
        return valueOf("OUTCOME_" + attempt.outcome().orElse("running").toUpperCase(Locale.ROOT));
    }
}
