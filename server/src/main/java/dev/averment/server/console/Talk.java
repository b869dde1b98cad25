package dev.averment.server.console;

/** What stands around every page, and what is said on more than one. */
public enum Talk implements Phrase {
    PRODUCT("Averment", "Averment"),
    MISTAKE("Mistake", "Fehler"),
    SKIP("Skip to the text", "Zum Text springen"),
    YOURS("Your account", "Ihr Konto"),
    WORKSPACES("Workspaces", "Arbeitsbereiche"),
    ACCOUNT("Account", "Konto"),
    SECURITY("Security", "Sicherheit"),
    SESSIONS("Sessions", "Sitzungen"),
    LANGUAGE("Language", "Sprache"),
    SECURITY_PAGE("Security page", "Sicherheitsseite"),
    SIGN_IN("Sign in", "Anmelden"),
    SIGN_OUT("Sign out", "Abmelden"),
    SIGN_UP("Make an account", "Konto anlegen"),
    EMAIL("Mail address", "E-Mail-Adresse"),
    NAME("Name", "Name"),
    PASSWORD("Password", "Passwort"),
    CODE("Code", "Code"),
    SHOW("Show", "Zeigen"),
    HIDE("Hide", "Verbergen"),
    BACK("Back", "Zurück"),
    CANCEL("Keep everything as it is", "Alles lassen, wie es ist"),
    SAVE("Save", "Speichern"),
    CHANGE("Change", "Ändern"),
    REMOVE("Remove", "Entfernen"),
    NEVER("never", "nie"),
    NEEDS_SCRIPT(
            "Passkeys need JavaScript, which is switched off here. The other ways work without.",
            "Passkeys brauchen JavaScript, das hier ausgeschaltet ist. Die anderen Wege gehen ohne."),
    NO_PASSKEYS("This browser knows no passkeys.", "Dieser Browser kennt keine Passkeys."),
    PASSKEY_CANCELLED(
            "The browser gave no passkey: it was cancelled, took too long, or there is none for this site. Nothing has changed.",
            "Der Browser hat keinen Passkey gegeben: abgebrochen, zu lange gewartet, oder es gibt keinen für diese Seite. Nichts hat sich geändert."),
    NOT_DONE("This was not done", "Das ist nicht geschehen"),
    DOES_NOT_FIT(
            "That does not fit. Nothing has changed; check what you typed.",
            "Das passt nicht. Nichts hat sich geändert; prüfen Sie, was Sie eingegeben haben."),
    UNCONFIRMED(
            "The address of this account is not confirmed yet. Open the link that was mailed to it; to have another one sent, ask for a new password.",
            "Die Adresse dieses Kontos ist noch nicht bestätigt. Öffnen Sie den Link, der dorthin ging; für einen neuen verlangen Sie ein neues Passwort."),
    SHUT(
            "This account is shut. Ask the operator of this server.",
            "Dieses Konto ist gesperrt. Fragen Sie den Betreiber dieses Servers."),
    BAD_CODE(
            "This code is not good: it was used, is too old, or was not copied whole.",
            "Dieser Code gilt nicht: benutzt, zu alt oder nicht ganz kopiert."),
    PROOF_NEEDED("Show first that it is you.", "Zeigen Sie erst, dass Sie es sind."),
    NOTHING_HERE("There is nothing here.", "Hier ist nichts."),
    NOT_PERMITTED(
            "Your role in this workspace does not allow this. Ask an owner.",
            "Ihre Rolle in diesem Arbeitsbereich erlaubt das nicht. Fragen Sie einen Eigentümer."),
    TOO_OFTEN(
            "Too many tries. Wait %d min, then try again.",
            "Zu viele Versuche. Warten Sie %d min, und versuchen Sie es dann noch einmal."),
    NO_ROOM(
            "The server has no room for this at the moment. Nothing has changed; try again in a few seconds.",
            "Der Server hat dafür gerade keinen Platz. Nichts hat sich geändert; versuchen Sie es in ein paar Sekunden noch einmal.");

    private final String en;
    private final String de;

    Talk(String en, String de) {
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
