package dev.averment.server.console;

/** What the pages say on which people get in. */
public enum Entry implements Phrase {
    FORGOTTEN("I have forgotten my password", "Ich habe mein Passwort vergessen"),
    NO_ACCOUNT("I have no account yet", "Ich habe noch kein Konto"),
    HAVE_ACCOUNT("I have an account: sign in", "Ich habe ein Konto: anmelden"),
    BY_PASSKEY("Sign in with a passkey", "Mit einem Passkey anmelden"),
    GOING("One moment", "Einen Moment"),
    GOING_WHY(
            "The provider has answered, and you are being sent on. If nothing happens, go on by hand.",
            "Der Anbieter hat geantwortet, und Sie werden weitergeleitet. Geschieht nichts, so gehen Sie selbst weiter."),
    WITH("Sign in with %s", "Anmelden mit %s"),
    OTHER_WAYS("Other ways to sign in", "Andere Wege, sich anzumelden"),
    WRONG_PAIR(
            "Address and password don't fit together, or there is no such account.",
            "Adresse und Passwort passen nicht zusammen, oder es gibt kein solches Konto."),
    SECOND("Second factor", "Zweiter Faktor"),
    SECOND_WHY(
            "The password fits. This account has a second factor; show it within five minutes.",
            "Das Passwort passt. Dieses Konto hat einen zweiten Faktor; zeigen Sie ihn innerhalb von fünf Minuten."),
    APP("Authenticator app", "Authenticator-App"),
    APP_CODE("Code of the authenticator app", "Code der Authenticator-App"),
    APP_HINT("Six digits, good for half a minute.", "Sechs Ziffern, gültig für eine halbe Minute."),
    RECOVERY("Recovery code", "Wiederherstellungscode"),
    RECOVERY_HINT(
            "One of the ten that you kept. Each is good once; capitals, blanks and hyphens don't matter.",
            "Einer der zehn, die Sie aufgehoben haben. Jeder gilt einmal; Großschreibung, Leerzeichen und Striche sind gleich."),
    PASSKEY("Passkey", "Passkey"),
    SHOW_PASSKEY("Show a passkey", "Einen Passkey zeigen"),
    GO_ON("Go on", "Weiter"),
    FROM_START("Begin again with the password", "Noch einmal mit dem Passwort beginnen"),
    TICKET_GONE(
            "The five minutes are over, or the password has changed since. Begin again.",
            "Die fünf Minuten sind um, oder das Passwort wurde seither geändert. Beginnen Sie noch einmal."),
    CODE_WRONG(
            "This code does not fit, or was used before. Type the next one.",
            "Dieser Code passt nicht oder wurde schon benutzt. Geben Sie den nächsten ein."),
    NEW_ACCOUNT("Make an account", "Konto anlegen"),
    NAME_HINT(
            "As others in your workspaces shall see it.", "So, wie andere in Ihren Arbeitsbereichen ihn sehen sollen."),
    PASSWORD_HINT(
            "At least 15 characters. Four unrelated words are good; paste from a password manager if you have one.",
            "Mindestens 15 Zeichen. Vier Wörter, die nichts miteinander zu tun haben, sind gut; oder fügen Sie eines aus dem Passwortmanager ein."),
    PASSWORD_HINT_ANY(
            "At least 15 characters, or 8 if your account has a second factor.",
            "Mindestens 15 Zeichen, oder 8, wenn Ihr Konto einen zweiten Faktor hat."),
    CONFIRM_ADDRESS("Confirm your address", "Adresse bestätigen"),
    CONFIRM_NEW_ADDRESS("Confirm your new address", "Neue Adresse bestätigen"),
    CONFIRM("Confirm", "Bestätigen"),
    MAILED_CODE("Code from the mail", "Code aus der Mail"),
    MAILED_HINT(
            "The link in the mail fills it in; without JavaScript, copy it from there.",
            "Der Link in der Mail trägt ihn ein; ohne JavaScript kopieren Sie ihn von dort."),
    NEW_PASSWORD("A new password", "Ein neues Passwort"),
    RESET_WHY(
            "Give the address of your account. If there is one, a link is mailed to it.",
            "Nennen Sie die Adresse Ihres Kontos. Gibt es eines, so geht ein Link dorthin."),
    SEND_LINK("Mail me a link", "Link schicken"),
    HAVE_CODE("You have the mail", "Sie haben die Mail"),
    SET_PASSWORD("Set the new password", "Neues Passwort setzen"),
    RESET_MEANS(
            "It signs you out everywhere. A second factor stays as it is.",
            "Damit werden Sie überall abgemeldet. Ein zweiter Faktor bleibt, wie er ist."),
    SIGNED_OUT("You are signed out", "Sie sind abgemeldet"),
    SIGNED_OUT_WHY(
            "The session has ended, and this browser was told to forget what it kept of this site.",
            "Die Sitzung ist beendet, und dieser Browser soll vergessen, was er von dieser Seite aufbewahrt hat."),
    SIGN_IN_AGAIN("Sign in again", "Wieder anmelden");

    private final String en;
    private final String de;

    Entry(String en, String de) {
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
