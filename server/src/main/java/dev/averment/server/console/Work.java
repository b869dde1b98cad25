package dev.averment.server.console;

import dev.averment.server.identity.workspace.MemberRole;
import dev.averment.server.identity.workspace.Permission;

/** What the pages say about workspaces, who is in them, and tokens. */
public enum Work implements Phrase {
    NONE_YET(
            "You are in no workspace yet. Make one here, or open the link of an invitation.",
            "Sie sind noch in keinem Arbeitsbereich. Legen Sie hier einen an, oder öffnen Sie den Link einer Einladung."),
    MAKE("Make a workspace", "Arbeitsbereich anlegen"),
    MAKE_WHY(
            "A workspace keeps its own evidence log; you own it.",
            "Ein Arbeitsbereich führt sein eigenes Nachweisprotokoll; er gehört Ihnen."),
    NAME("Name of the workspace", "Name des Arbeitsbereichs"),
    MEMBERS("Members", "Mitglieder"),
    TOKENS("Tokens", "Schlüssel"),
    LEAVE("Leave", "Verlassen"),
    LEAVE_TITLE("Leave the workspace", "Arbeitsbereich verlassen"),
    LEAVE_LOSS_1("You see nothing of “%s” any more.", "Sie sehen von „%s“ nichts mehr."),
    LEAVE_LOSS_2("Your tokens for it are refused.", "Ihre Schlüssel dafür werden abgewiesen."),
    LEAVE_LOSS_3("To come back you need another invitation.", "Um wiederzukommen, brauchen Sie eine neue Einladung."),
    YOU("you", "Sie"),
    SINCE("%s, %s, since %s", "%s, %s, seit %s"),
    ROLE("Role", "Rolle"),
    ROLE_OF("Role of %s", "Rolle von %s"),
    HAND_OVER("Hand over", "Übergeben"),
    HAND_OVER_TITLE("Hand the workspace over", "Arbeitsbereich übergeben"),
    HAND_OVER_LOSS_1("%s becomes an owner of “%s”.", "%s wird Eigentümer von „%s“."),
    HAND_OVER_LOSS_2(
            "You become an admin: only an owner can make you one again.",
            "Sie werden Administrator: Nur ein Eigentümer kann Sie wieder zu einem machen."),
    TYPE_NAME("Type the name of the workspace: %s", "Tippen Sie den Namen des Arbeitsbereichs: %s"),
    REMOVE_TITLE("Remove a member", "Mitglied entfernen"),
    REMOVE_LOSS_1("%s sees nothing of “%s” any more.", "%s sieht von „%s“ nichts mehr."),
    REMOVE_LOSS_2("Tokens of this person for it are refused.", "Schlüssel dieser Person dafür werden abgewiesen."),
    INVITE("Invite somebody", "Jemanden einladen"),
    INVITE_WHY(
            "A link goes to the address, good for a week, once, for an account with that address.",
            "An die Adresse geht ein Link. Er gilt eine Woche, einmal, für ein Konto mit dieser Adresse."),
    INVITED("Invited, not come yet", "Eingeladen, noch nicht da"),
    INVITED_UNTIL("%s, good until %s", "%s, gültig bis %s"),
    END_INVITATION("Take back", "Zurücknehmen"),
    RENAME("Name", "Name"),
    JOIN("Come into a workspace", "In einen Arbeitsbereich kommen"),
    JOIN_WHY(
            "Somebody has asked you in. You need an account with the address that the mail went to.",
            "Jemand hat Sie eingeladen. Sie brauchen ein Konto mit der Adresse, an die die Mail ging."),
    JOIN_FIRST(
            "If you are not signed in, do that first, then open the link of the mail again.",
            "Sind Sie nicht angemeldet, so melden Sie sich erst an, und öffnen Sie den Link der Mail dann noch einmal."),
    COME_IN("Come in", "Hereinkommen"),
    JOIN_REFUSED(
            "This invitation is not good: it was used, is too old, was taken back, or went to another address than your account's.",
            "Diese Einladung gilt nicht: benutzt, zu alt, zurückgenommen, oder sie ging an eine andere Adresse als die Ihres Kontos."),

    TOKENS_WHY(
            "Programs use a token instead of your password. It acts in this workspace only, and never does more than you may.",
            "Programme benutzen einen Schlüssel statt Ihres Passworts. Er gilt nur in diesem Arbeitsbereich und kann nie mehr, als Sie dürfen."),
    TOKENS_NONE("You have none here.", "Sie haben hier keinen."),
    TOKEN_ABOUT("%s; made %s, good until %s, last used %s", "%s; angelegt %s, gültig bis %s, zuletzt benutzt %s"),
    TOKEN_MAKE("Make a token", "Schlüssel anlegen"),
    TOKEN_END("End", "Beenden"),
    TOKEN_NAME("What it is for", "Wofür er ist"),
    TOKEN_SCOPES("What it may do", "Was er darf"),
    TOKEN_LIFE("How long it lives", "Wie lange er gilt"),
    TOKEN_MADE("Your token", "Ihr Schlüssel"),
    TOKEN_ONCE(
            "It is shown this once. Put it where the program reads it, and into no file that is shared.",
            "Er wird nur dieses eine Mal gezeigt. Legen Sie ihn dorthin, wo das Programm ihn liest, und in keine Datei, die geteilt wird."),
    TOKEN_KEPT("I have kept it", "Ich habe ihn verwahrt"),
    DAYS("%d days", "%d Tage"),

    SCOPE_WORKSPACE_READ("read the workspace", "den Arbeitsbereich lesen"),
    SCOPE_WORKSPACE_CHANGE("change the workspace", "den Arbeitsbereich ändern"),
    SCOPE_MEMBERS_READ("read who is in it", "lesen, wer darin ist"),
    SCOPE_MEMBERS_CHANGE("change who is in it", "ändern, wer darin ist"),
    SCOPE_EVIDENCE_READ("read the evidence", "die Nachweise lesen"),
    SCOPE_EVENTS_READ("follow what happens", "verfolgen, was geschieht"),
    SCOPE_MONITORS_READ("read workflows and their runs", "Abläufe und ihre Läufe lesen"),
    SCOPE_MONITORS_CHANGE("make and change workflows", "Abläufe anlegen und ändern"),
    SCOPE_INCIDENTS_READ("read incidents", "Vorfälle lesen"),
    SCOPE_INCIDENTS_CHANGE("open, take over and close incidents", "Vorfälle eröffnen, übernehmen und schließen"),

    OWNER("owner", "Eigentümer"),
    ADMIN("admin", "Administrator"),
    MEMBER("member", "Mitglied"),
    VIEWER("viewer", "Leser"),
    AUDITOR("auditor", "Prüfer"),
    OWNER_MEANS("Owner: may do everything", "Eigentümer: darf alles"),
    ADMIN_MEANS(
            "Admin: everything but make or unmake owners",
            "Administrator: alles, außer Eigentümer zu ernennen oder abzusetzen"),
    MEMBER_MEANS("Member: reads, and makes tokens of his own", "Mitglied: liest und legt eigene Schlüssel an"),
    VIEWER_MEANS("Viewer: reads", "Leser: liest"),
    AUDITOR_MEANS("Auditor: reads the evidence and nothing else", "Prüfer: liest die Nachweise und sonst nichts");

    private final String en;
    private final String de;

    Work(String en, String de) {
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

    public static Work role(MemberRole role) {
        return valueOf(role.name());
    }

    public static Work means(MemberRole role) {
        return valueOf(role.name() + "_MEANS");
    }

    /** @throws IllegalArgumentException for a permission that no token may have */
    public static Work scope(Permission permission) {
        return valueOf("SCOPE_" + permission.name());
    }
}
