package dev.averment.server.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was just done, said on the page that follows. The address names it by a word of this list and no other. */
public enum Done implements Phrase {
    MAILED(
            "Look into your mail: a link is on its way, if the address is right. It is good for a day.",
            "Sehen Sie in Ihre Post: Ein Link ist unterwegs, wenn die Adresse stimmt. Er gilt einen Tag."),
    RESET_MAILED(
            "Look into your mail: if the address has an account, a link is on its way. It is good for ten minutes.",
            "Sehen Sie in Ihre Post: Gehört zu der Adresse ein Konto, so ist ein Link unterwegs. Er gilt zehn Minuten."),
    ADDRESS_MAILED(
            "Look into the new mailbox: a link is on its way there. It is good for an hour; until it is used, your account keeps its address.",
            "Sehen Sie in das neue Postfach: Dorthin ist ein Link unterwegs. Er gilt eine Stunde; bis er benutzt ist, behält Ihr Konto seine Adresse."),
    VERIFIED(
            "Your address is confirmed. You can sign in now.",
            "Ihre Adresse ist bestätigt. Sie können sich jetzt anmelden."),
    READDRESSED("Your account has its new address now.", "Ihr Konto hat jetzt seine neue Adresse."),
    PASSWORD_SET(
            "Your password is changed, and you are signed out everywhere. Sign in with the new one.",
            "Ihr Passwort ist geändert, und Sie sind überall abgemeldet. Melden Sie sich mit dem neuen an."),
    RENAMED("Your name is changed.", "Ihr Name ist geändert."),
    SESSION_ENDED("The session has ended.", "Die Sitzung ist beendet."),
    SESSIONS_ENDED("You are signed out everywhere, here too.", "Sie sind überall abgemeldet, auch hier."),
    APP_ENROLLED(
            "The authenticator app is in use. Your other sessions have ended. Make recovery codes next, if you have none.",
            "Die Authenticator-App ist in Gebrauch. Ihre anderen Sitzungen sind beendet. Legen Sie als Nächstes Wiederherstellungscodes an, wenn Sie keine haben."),
    APP_REMOVED("The authenticator app is removed.", "Die Authenticator-App ist entfernt."),
    PASSKEY_ENROLLED(
            "The passkey is enrolled. Your other sessions have ended.",
            "Der Passkey ist eingerichtet. Ihre anderen Sitzungen sind beendet."),
    PASSKEY_RENAMED("The passkey has its new name.", "Der Passkey hat seinen neuen Namen."),
    PASSKEY_REMOVED("The passkey is removed.", "Der Passkey ist entfernt."),
    PROVEN(
            "Thank you. For ten minutes nothing will be asked again.",
            "Danke. Zehn Minuten lang wird nichts noch einmal verlangt."),
    UNLINKED("That account signs you in no longer.", "Mit diesem Konto können Sie sich nicht mehr anmelden."),
    ACCOUNT_DELETED("Your account is deleted.", "Ihr Konto ist gelöscht."),
    WORKSPACE_MADE("The workspace is made, and you own it.", "Der Arbeitsbereich ist angelegt, und er gehört Ihnen."),
    WORKSPACE_RENAMED("The workspace has its new name.", "Der Arbeitsbereich hat seinen neuen Namen."),
    INVITED(
            "The invitation is on its way. It is good for a week.",
            "Die Einladung ist unterwegs. Sie gilt eine Woche."),
    INVITATION_ENDED("The invitation is no longer good.", "Die Einladung gilt nicht mehr."),
    ROLE_CHANGED("The role is changed.", "Die Rolle ist geändert."),
    MEMBER_REMOVED("The member is removed.", "Das Mitglied ist entfernt."),
    TRANSFERRED(
            "The workspace is handed over. You are an admin of it now.",
            "Der Arbeitsbereich ist übergeben. Sie sind jetzt sein Administrator."),
    LEFT("You have left the workspace.", "Sie haben den Arbeitsbereich verlassen."),
    JOINED("You are in.", "Sie sind dabei."),
    WATCHED(
            "The workflow is watched. Have its job call the address below.",
            "Der Ablauf wird überwacht. Lassen Sie seinen Job die Adresse unten aufrufen."),
    UNWATCHED("The workflow is watched no longer.", "Der Ablauf wird nicht mehr überwacht."),
    PAUSED("The workflow is paused: nobody waits for it.", "Der Ablauf ist angehalten: Niemand wartet auf ihn."),
    RESUMED("The workflow is watched again.", "Der Ablauf wird wieder überwacht."),
    SAVED("It is saved.", "Es ist gespeichert."),
    NOTED("The note is added.", "Die Notiz ist angefügt."),
    INCIDENT_OPENED("The incident is open.", "Der Vorfall ist eröffnet."),
    ACKNOWLEDGED(
            "You have acknowledged it; nobody else is called.",
            "Sie haben ihn angenommen; niemand sonst wird gerufen."),
    TAKEN_OVER("You answer for it now.", "Sie sind jetzt verantwortlich."),
    UPDATED("The update is added.", "Der Stand ist angefügt."),
    RESOLVED("It is resolved.", "Er ist behoben."),
    REOPENED("It is open again.", "Er ist wieder offen."),
    REVIEWED("The review is added.", "Die Nachbetrachtung ist angefügt."),
    CLOSED("It is closed.", "Er ist geschlossen."),
    MUTED("Nobody is told about it until then.", "Bis dahin wird niemand davon benachrichtigt."),
    UNMUTED("People are told about it again.", "Es wird wieder gemeldet."),
    MAINTENANCE_PLANNED("The maintenance is planned.", "Die Wartung ist geplant."),
    MAINTENANCE_DROPPED("The maintenance is dropped.", "Die Wartung ist gestrichen."),
    CHAIN_SAVED(
            "The steps are saved; incidents that are open go by them.",
            "Die Stufen sind gespeichert; offene Vorfälle richten sich danach."),
    CALENDAR_SAVED("The working hours are saved.", "Die Arbeitszeiten sind gespeichert."),
    CHANNEL_ADDED(
            "The channel is in use. Send a test to see that messages arrive.",
            "Der Kanal ist in Gebrauch. Senden Sie einen Test, um zu sehen, dass Nachrichten ankommen."),
    CHANNEL_ON("The channel is switched on.", "Der Kanal ist eingeschaltet."),
    CHANNEL_OFF(
            "The channel is switched off: nothing goes there.", "Der Kanal ist ausgeschaltet: Dorthin geht nichts."),
    CHANNEL_REMOVED("The channel is removed.", "Der Kanal ist entfernt."),
    TEST_SENT(
            "A test is on its way; how it went stands below.", "Ein Test ist unterwegs; wie er ausging, steht unten."),
    TOKEN_ENDED(
            "The token has ended: it is refused from now on.",
            "Der Schlüssel ist beendet: Er wird ab jetzt abgewiesen.");

    private final String en;
    private final String de;

    Done(String en, String de) {
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

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Done> of(@Nullable String word) {
        return Arrays.stream(values()).filter(d -> d.word().equals(word)).findFirst();
    }
}
