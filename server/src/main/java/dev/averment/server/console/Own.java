package dev.averment.server.console;

/** What the pages say on which people look after their own account. */
public enum Own implements Phrase {
    PROOF("Show that it is you", "Zeigen Sie, dass Sie es sind"),
    PROOF_WHY(
            "What comes next could take the account away from you, so it is asked of whoever holds this browser. It counts for ten minutes.",
            "Was jetzt kommt, könnte Ihnen das Konto nehmen; darum wird gefragt, wer diesen Browser in der Hand hat. Es gilt zehn Minuten."),
    PROOF_SECOND_WHY(
            "The password fits. Show your second factor as well.",
            "Das Passwort passt. Zeigen Sie noch Ihren zweiten Faktor."),
    PROOF_BY_PASSKEY("Show a passkey instead", "Stattdessen einen Passkey zeigen"),
    PROOF_WITH("Go through %s again", "Noch einmal durch %s gehen"),
    PROOF_NO_PASSWORD(
            "Your account has no password. Show a passkey, or go through a provider that you are linked with: it asks you anew.",
            "Ihr Konto hat kein Passwort. Zeigen Sie einen Passkey, oder gehen Sie durch einen Anbieter, mit dem Sie verknüpft sind: Er fragt Sie neu."),
    PROOF_AGAIN("Begin again", "Noch einmal beginnen"),
    PASSWORD_WRONG("This is not your password.", "Das ist nicht Ihr Passwort."),
    GO_ON("Go on", "Weiter"),
    ABOUT_YOU("About you", "Zu Ihnen"),
    NAME_HINT("Others in your workspaces see it.", "Andere in Ihren Arbeitsbereichen sehen ihn."),
    ADDRESS("Mail address", "E-Mail-Adresse"),
    CHANGE_ADDRESS("Another mail address", "Andere E-Mail-Adresse"),
    CHANGE_ADDRESS_WHY(
            "A link goes to the new address; until it is used, your account keeps the old one, which is told.",
            "An die neue Adresse geht ein Link; bis er benutzt ist, behält Ihr Konto die alte, und die erfährt davon."),
    NEW_ADDRESS("New mail address", "Neue E-Mail-Adresse"),
    PASSWORD("Password", "Passwort"),
    CHANGE_PASSWORD("Another password", "Anderes Passwort"),
    CHANGE_PASSWORD_WHY(
            "It signs you out everywhere, here too. You then sign in with the new one.",
            "Damit werden Sie überall abgemeldet, auch hier. Sie melden sich dann mit dem neuen an."),
    CURRENT_PASSWORD("Password of now", "Jetziges Passwort"),
    NEW_PASSWORD("New password", "Neues Passwort"),
    DELETE("Delete the account", "Konto löschen"),
    DELETE_WHY("For good, with everything that signs you in.", "Für immer, mit allem, womit Sie sich anmelden."),
    DELETE_LOSS_1(
            "Your name, address, password, passkeys, codes and tokens are deleted. Nobody can bring them back.",
            "Ihr Name, Ihre Adresse, Passwort, Passkeys, Codes und Schlüssel werden gelöscht. Niemand kann sie zurückholen."),
    DELETE_LOSS_2("You leave every workspace.", "Sie verlassen jeden Arbeitsbereich."),
    DELETE_LOSS_3(
            "Entries of the log stay. They name you by a random number only, which then leads nowhere.",
            "Einträge im Protokoll bleiben. Sie nennen Sie nur mit einer Zufallszahl, die dann nirgendwohin führt."),
    TYPE_ADDRESS("Type your mail address: %s", "Tippen Sie Ihre E-Mail-Adresse: %s"),
    TYPED_OTHERWISE("That is not what stands beside the field.", "Das ist nicht, was am Feld steht."),

    APP("Authenticator app", "Authenticator-App"),
    APP_SINCE("In use since %s.", "In Gebrauch seit %s."),
    APP_NONE(
            "None. An app on your phone that shows a new code every half minute.",
            "Keine. Eine App auf dem Telefon, die jede halbe Minute einen neuen Code zeigt."),
    APP_ADD("Enrol an app", "App einrichten"),
    APP_REPLACE("Enrol another app", "Andere App einrichten"),
    APP_BEGIN_WHY(
            "On the next page you see a picture for the app's camera, once. The app in use, if there is one, stays until the new one is confirmed.",
            "Auf der nächsten Seite sehen Sie ein Bild für die Kamera der App, einmal. Eine App, die schon in Gebrauch ist, bleibt es, bis die neue bestätigt ist."),
    APP_BEGIN("Show the picture", "Bild zeigen"),
    APP_SCAN("Hold the app's camera to this picture", "Halten Sie die Kamera der App auf dieses Bild"),
    APP_TYPE("Or type this into the app", "Oder tippen Sie das in die App"),
    APP_OPEN("Or open it on this device", "Oder öffnen Sie es auf diesem Gerät"),
    APP_LINK("Open the authenticator app", "Authenticator-App öffnen"),
    APP_CONFIRM("Type the code that the app shows", "Tippen Sie den Code, den die App zeigt"),
    APP_USE("Take it into use", "In Gebrauch nehmen"),
    APP_WRONG(
            "This is not the code of the app that waits. Type the next one that it shows; the picture is not shown twice. If the app does not hold it, begin again.",
            "Das ist nicht der Code der App, die wartet. Tippen Sie den nächsten, den sie zeigt; das Bild wird nicht zweimal gezeigt. Hat die App es nicht, so beginnen Sie noch einmal."),
    APP_AGAIN("Begin again with a new picture", "Mit einem neuen Bild noch einmal beginnen"),
    APP_REMOVE("Remove the authenticator app", "Authenticator-App entfernen"),
    APP_LOSS("Its codes sign you in no longer.", "Ihre Codes melden Sie nicht mehr an."),
    LOSS_LAST(
            "If it is your only second factor, the password alone signs in from then on, and recovery codes are void.",
            "Ist es Ihr einziger zweiter Faktor, so meldet von da an das Passwort allein an, und Wiederherstellungscodes gelten nicht mehr."),
    LOSS_SESSIONS("Your other sessions end.", "Ihre anderen Sitzungen enden."),

    PASSKEYS("Passkeys", "Passkeys"),
    PASSKEYS_NONE(
            "None. A passkey signs you in with the fingerprint or PIN of your device, and can't be typed into a forged page.",
            "Keine. Ein Passkey meldet Sie mit Fingerabdruck oder PIN Ihres Geräts an und lässt sich auf keiner gefälschten Seite eintippen."),
    PASSKEY_ADD("Add a passkey", "Passkey hinzufügen"),
    PASSKEY_ADD_WHY(
            "The browser asks where the passkey shall lie: on this device, on a phone, or on a security key.",
            "Der Browser fragt, wo der Passkey liegen soll: auf diesem Gerät, auf einem Telefon oder auf einem Sicherheitsschlüssel."),
    PASSKEY_NAME("Name for it", "Name dafür"),
    PASSKEY_NAME_HINT("Such as the device that holds it.", "Etwa das Gerät, auf dem er liegt."),
    PASSKEY_USED("Made %s, last used %s", "Angelegt %s, zuletzt benutzt %s"),
    PASSKEY_HARDWARE("hardware", "Hardware"),
    PASSKEY_SYNCED("synchronised", "synchronisiert"),
    PASSKEY_RENAME("Rename", "Umbenennen"),
    PASSKEY_REMOVE("Remove the passkey", "Passkey entfernen"),
    PASSKEY_LOSS(
            "“%s” signs you in no longer. What your device keeps of it you can delete there.",
            "„%s“ meldet Sie nicht mehr an. Was Ihr Gerät davon aufbewahrt, können Sie dort löschen."),

    CODES("Recovery codes", "Wiederherstellungscodes"),
    CODES_LEFT(
            "%d are left. Each gets you in once when the app or passkey is lost.",
            "%d sind übrig. Jeder lässt Sie einmal ein, wenn App oder Passkey verloren ist."),
    CODES_NONE(
            "None. Ten codes on paper get you in when the app or passkey is lost.",
            "Keine. Zehn Codes auf Papier lassen Sie ein, wenn App oder Passkey verloren ist."),
    CODES_LATER("They come after the first factor.", "Sie kommen nach dem ersten Faktor."),
    CODES_MAKE("Make recovery codes", "Wiederherstellungscodes anlegen"),
    CODES_LOSS("Codes from before are void from then on.", "Codes von vorher gelten dann nicht mehr."),
    CODES_SHOWN("Your recovery codes", "Ihre Wiederherstellungscodes"),
    CODES_ONCE(
            "They are shown this once. Print them or write them down, and keep them apart from this device.",
            "Sie werden nur dieses eine Mal gezeigt. Drucken oder schreiben Sie sie ab, und verwahren Sie sie getrennt von diesem Gerät."),
    CODES_KEPT("I have kept them", "Ich habe sie verwahrt"),

    LINKED("Sign-ins elsewhere", "Anmeldungen anderswo"),
    LINKED_NONE("None.", "Keine."),
    LINK("Link %s", "%s verknüpfen"),
    UNLINK("Take the sign-in away", "Anmeldung wegnehmen"),
    UNLINK_LOSS("Your account at %s signs you in no longer.", "Ihr Konto bei %s meldet Sie nicht mehr an."),

    STOP(
            "You may operate this server, and its page demands %s of operators. Until this session has shown it, you reach only this page.",
            "Sie dürfen diesen Server betreiben, und seine Seite verlangt dafür %s. Bis diese Sitzung das gezeigt hat, erreichen Sie nur diese Seite."),
    STOP_NEXT("Enrol one here, then show it:", "Richten Sie hier einen ein, und zeigen Sie ihn dann:"),
    STOP_SHOW("Show the factor", "Den Faktor zeigen"),
    DEMAND_ANY("an app or a passkey", "eine App oder einen Passkey"),
    DEMAND_TOTP("an authenticator app", "eine Authenticator-App"),
    DEMAND_WEBAUTHN("a passkey", "einen Passkey"),
    DEMAND_HARDWARE(
            "a passkey in hardware of a trusted maker", "einen Passkey in Hardware eines vertrauten Herstellers"),

    HERE("this one", "diese"),
    SESSION_OPENED("Opened %s from %s, last used %s, by %s", "Geöffnet %s von %s, zuletzt benutzt %s, mit %s"),
    SESSION_END("End", "Beenden"),
    END_ALL("Sign out everywhere", "Überall abmelden"),
    END_ALL_WHY(
            "Ends every session, this one too. Do it when a device is lost, and then choose another password.",
            "Beendet jede Sitzung, auch diese. Tun Sie es, wenn ein Gerät verloren ist, und wählen Sie dann ein anderes Passwort."),
    BY_PASSWORD("password", "Passwort"),
    BY_TOTP("app", "App"),
    BY_RECOVERY_CODE("recovery code", "Wiederherstellungscode"),
    BY_PASSKEY("passkey", "Passkey"),
    BY_HARDWARE("hardware", "Hardware"),
    BY_PROVIDER("sign-in elsewhere", "Anmeldung anderswo"),
    UNKNOWN_PROGRAM("A program", "Ein Programm");

    private final String en;
    private final String de;

    Own(String en, String de) {
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
