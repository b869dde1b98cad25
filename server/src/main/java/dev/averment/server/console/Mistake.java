package dev.averment.server.console;

import dev.averment.server.identity.Refusal;
import java.util.Arrays;
import java.util.Optional;

/** What identity refuses, in the words of a page. A refusal that is not on the list speaks for itself, in English. */
enum Mistake implements Phrase {
    BAD_MAIL_ADDRESS(
            "bad-mail-address",
            "This is no mail address that we can write to. It has one @ and a domain behind it, such as ada@example.org.",
            "An diese Adresse können wir nicht schreiben. Sie braucht ein @ und dahinter eine Domain, wie ada@example.org."),
    BAD_NAME(
            "bad-name",
            "A name has 1 to 200 characters, on one line, without invisible ones.",
            "Ein Name hat 1 bis 200 Zeichen, in einer Zeile, ohne unsichtbare."),
    PASSWORD_TOO_SHORT(
            "password-too-short",
            "The password is too short: at least 15 characters, or 8 with a second factor. A few words in a row are easy to keep in mind.",
            "Das Passwort ist zu kurz: mindestens 15 Zeichen, oder 8 mit einem zweiten Faktor. Ein paar Wörter hintereinander merkt man sich leicht."),
    PASSWORD_TOO_LONG(
            "password-too-long",
            "The password is too long: at most 256 characters.",
            "Das Passwort ist zu lang: höchstens 256 Zeichen."),
    PASSWORD_UNREADABLE(
            "password-unreadable",
            "The password holds a character that can't be typed again. Choose one without it.",
            "Das Passwort enthält ein Zeichen, das sich nicht noch einmal tippen lässt. Wählen Sie eines ohne."),
    PASSWORD_GUESSABLE(
            "password-guessable",
            "The password is one of those that attackers try first, or made of words that stand around this account. Choose another; four unrelated words are good.",
            "Das Passwort gehört zu denen, die Angreifer zuerst versuchen, oder besteht aus Wörtern rund um dieses Konto. Wählen Sie ein anderes; vier Wörter, die nichts miteinander zu tun haben, sind gut."),
    NO_SECOND_FACTOR(
            "no-second-factor",
            "Recovery codes stand in for a second factor, and this account has none. Enrol one first.",
            "Wiederherstellungscodes vertreten einen zweiten Faktor, und dieses Konto hat keinen. Richten Sie erst einen ein."),
    PASSWORD_NEEDS_FACTOR(
            "password-needs-factor",
            "Your password is only long enough beside a second factor. Choose one of at least 15 characters first, or enrol another factor.",
            "Ihr Passwort ist nur neben einem zweiten Faktor lang genug. Wählen Sie erst eines mit mindestens 15 Zeichen, oder richten Sie einen anderen Faktor ein."),
    TOO_MANY_PASSKEYS(
            "too-many-passkeys",
            "This account has as many passkeys as one may have. Remove one first.",
            "Dieses Konto hat so viele Passkeys, wie eines haben darf. Entfernen Sie erst einen."),
    PASSKEY_REFUSED(
            "passkey-refused",
            "This passkey was not taken: it is not known here, or its answer came too late. Try again.",
            "Dieser Passkey wurde nicht angenommen: Er ist hier unbekannt, oder seine Antwort kam zu spät. Versuchen Sie es noch einmal."),
    MALFORMED_CREDENTIAL(
            "malformed-credential",
            "The browser's answer can't be read. Try again.",
            "Die Antwort des Browsers ist nicht zu lesen. Versuchen Sie es noch einmal."),
    BAD_METHOD("bad-method", "Choose one of the ways on this page.", "Wählen Sie einen der Wege auf dieser Seite."),
    BAD_SCOPES(
            "bad-scopes",
            "Tick at least one thing that the token may do.",
            "Kreuzen Sie wenigstens etwas an, das der Schlüssel darf."),
    BAD_EXPIRY(
            "bad-expiry",
            "A token lives for a day at least and 366 days at most.",
            "Ein Schlüssel gilt mindestens einen Tag und höchstens 366."),
    BAD_ROLE("bad-role", "Choose a role.", "Wählen Sie eine Rolle."),
    LAST_OWNER(
            "last-owner",
            "A workspace has at least one owner. Make somebody else an owner first.",
            "Ein Arbeitsbereich hat mindestens einen Eigentümer. Machen Sie erst jemand anderen dazu."),
    TOO_MANY_WORKSPACES(
            "too-many-workspaces",
            "An account may be in 50 workspaces. Leave one first.",
            "Ein Konto darf in 50 Arbeitsbereichen sein. Verlassen Sie erst einen."),
    TOO_MANY_MEMBERSHIPS(
            "too-many-memberships",
            "An account may be in 200 workspaces. Leave one first; your invitation stays good until then.",
            "Ein Konto darf in 200 Arbeitsbereichen sein. Verlassen Sie erst einen; Ihre Einladung gilt so lange weiter."),
    TOO_MANY_MEMBERS(
            "too-many-members",
            "The workspace has as many members as one may have. Ask an owner of it to take somebody out; your invitation stays good until then.",
            "Der Arbeitsbereich hat so viele Mitglieder, wie einer haben darf. Bitten Sie einen Eigentümer, jemanden herauszunehmen; Ihre Einladung gilt so lange weiter."),
    TOO_MANY_INVITATIONS(
            "too-many-invitations",
            "The workspace has as many open invitations as one may have. Take some back first.",
            "Der Arbeitsbereich hat so viele offene Einladungen, wie einer haben darf. Nehmen Sie erst welche zurück."),
    NAME_DIFFERS(
            "name-differs",
            "That is not the workspace's name. Type it exactly as it is.",
            "Das ist nicht der Name des Arbeitsbereichs. Tippen Sie ihn genau so, wie er ist."),
    LINKED_ALREADY(
            "linked-already",
            "Your account is linked with one there already. Remove that link first.",
            "Ihr Konto ist schon mit einem dort verknüpft. Entfernen Sie erst diese Verknüpfung."),
    OF_ANOTHER_ACCOUNT(
            "of-another-account",
            "That one is linked to another account here. Sign in to that one and remove the link there first.",
            "Dieses ist hier mit einem anderen Konto verknüpft. Melden Sie sich dort an und entfernen Sie erst die Verknüpfung."),
    LINK_SESSION(
            "link-session",
            "The session that asked for this link is over, or this browser has another one now. Nothing was linked. Begin again.",
            "Die Sitzung, die um diese Verknüpfung gebeten hat, ist beendet, oder dieser Browser hat jetzt eine andere. Es wurde nichts verknüpft. Beginnen Sie noch einmal."),
    LAST_WAY_IN(
            "last-way-in",
            "This is the only way into your account. Choose a password first, or link another provider; then remove this link.",
            "Dies ist der einzige Weg in Ihr Konto. Wählen Sie erst ein Passwort oder verknüpfen Sie einen anderen Anbieter; entfernen Sie dann diese Verknüpfung."),
    PROVIDER_DECLINED(
            "provider-declined",
            "The provider did not say who you are. Nothing was changed.",
            "Der Anbieter hat nicht gesagt, wer Sie sind. Es wurde nichts geändert."),
    SENT_HERE(
            "sent-here",
            "You were sent here by another site. Open this server's own page to sign in.",
            "Eine andere Seite hat Sie hierher geschickt. Öffnen Sie die Seite dieses Servers selbst, um sich anzumelden."),
    ADDRESS_UNCONFIRMED(
            "address-unconfirmed",
            "No account here is linked to this one of the provider, and none was made: the provider does not say that your mail address is confirmed. Sign up with a password, then link the provider in the settings of your account.",
            "Kein Konto hier ist mit diesem beim Anbieter verknüpft, und es wurde keines angelegt: Der Anbieter sagt nicht, dass Ihre E-Mail-Adresse bestätigt ist. Legen Sie ein Konto mit Passwort an, und verknüpfen Sie den Anbieter dann in dessen Einstellungen."),
    ADDRESS_TAKEN(
            "address-taken",
            "There is an account with your mail address, and it is not linked to this one of the provider. Sign in to it as before, then link the provider in its settings: an address alone opens no account.",
            "Es gibt ein Konto mit Ihrer E-Mail-Adresse, und es ist nicht mit diesem beim Anbieter verknüpft. Melden Sie sich wie bisher an, und verknüpfen Sie den Anbieter dann in den Einstellungen: Eine Adresse allein öffnet kein Konto."),
    UNLINKED(
            "unlinked",
            "The link with the provider was removed a moment ago. Sign in another way.",
            "Die Verknüpfung mit dem Anbieter wurde eben entfernt. Melden Sie sich anders an."),
    PROVIDER_UNREACHABLE(
            "provider-unreachable",
            "The provider gives no answer that can be used. Nothing was changed. Try again in a minute, or sign in another way.",
            "Der Anbieter gibt keine brauchbare Antwort. Es wurde nichts geändert. Versuchen Sie es in einer Minute noch einmal, oder melden Sie sich anders an."),
    PROVIDER_ASKED_NOTHING(
            "provider-asked-nothing",
            "The provider does not say that it has just asked who you are, so this proves nothing. Show your password or a passkey instead; whoever has neither asks for a new password.",
            "Der Anbieter sagt nicht, dass er eben gefragt hat, wer Sie sind; das zeigt also nichts. Zeigen Sie stattdessen Ihr Passwort oder einen Passkey; wer beides nicht hat, verlangt ein neues Passwort."),
    PROOF_OF_ANOTHER(
            "proof-of-another",
            "The session that asked is over, or you were somebody else at the provider. Nothing was changed. Begin again.",
            "Die Sitzung, die gefragt hat, ist vorbei, oder Sie waren beim Anbieter jemand anderes. Es wurde nichts geändert. Beginnen Sie noch einmal."),
    PROVIDER_REFUSED(
            "provider-refused",
            "The provider's answer is not one that was asked for in this browser, comes too late or twice, or is not good. Nothing was changed. Begin again.",
            "Die Antwort des Anbieters gehört nicht zu einer Frage aus diesem Browser, kommt zu spät oder zweimal, oder sie ist nicht gut. Es wurde nichts geändert. Beginnen Sie noch einmal.");

    private final String slug;
    private final String en;
    private final String de;

    Mistake(String slug, String en, String de) {
        this.slug = slug;
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

    static Optional<Mistake> of(String slug) {
        return Arrays.stream(values()).filter(m -> m.slug.equals(slug)).findFirst();
    }

    /** The message for {@code why}, which may be about something that no field holds. */
    static String message(Refusal why, Sheet sheet) {
        return switch (why) {
            case Refusal.Invalid i -> of(i.slug()).map(m -> sheet.say(m)).orElse(i.message());
            case Refusal.Conflict c -> of(c.slug()).map(m -> sheet.say(m)).orElse(c.message());
            case Refusal.WrongCredentials _ -> sheet.say(Talk.DOES_NOT_FIT);
            case Refusal.Unverified _ -> sheet.say(Talk.UNCONFIRMED);
            case Refusal.Disabled _ -> sheet.say(Talk.SHUT);
            case Refusal.BadToken _ -> sheet.say(Talk.BAD_CODE);
            case Refusal.ProofNeeded _ -> sheet.say(Talk.PROOF_NEEDED);
            case Refusal.NotFound _ -> sheet.say(Talk.NOTHING_HERE);
            case Refusal.Forbidden _ -> sheet.say(Talk.NOT_PERMITTED);
            case Refusal.Limited l ->
                sheet.say(Talk.TOO_OFTEN, Math.max(1, (l.retryAfter().toSeconds() + 59) / 60));
            case Refusal.Unreachable u -> of(u.slug()).map(m -> sheet.say(m)).orElse(u.message());
            case Refusal.Overloaded _ -> sheet.say(Talk.NO_ROOM);
        };
    }

    /** As the interface answers. */
    static int status(Refusal why) {
        return switch (why) {
            case Refusal.Invalid _ -> 422;
            case Refusal.WrongCredentials _ -> 401;
            case Refusal.Unverified _, Refusal.Disabled _, Refusal.ProofNeeded _, Refusal.Forbidden _ -> 403;
            case Refusal.BadToken _ -> 400;
            case Refusal.NotFound _ -> 404;
            case Refusal.Conflict _ -> 409;
            case Refusal.Limited _ -> 429;
            case Refusal.Unreachable _ -> 502;
            case Refusal.Overloaded _ -> 503;
        };
    }
}
