package dev.averment.server.console;

import dev.averment.server.identity.AccountSettings;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.web.BrowserSessions;
import dev.averment.server.identity.web.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Somebody's own account: name, address, password, sessions, and the end of it. */
@RestController
class AccountPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    private static final String ACCOUNT = "/settings/account";
    private static final String ADDRESS = ACCOUNT + "/address";
    private static final String DELETION = ACCOUNT + "/deletion";
    private static final String SESSIONS = "/settings/sessions";

    private final Counter counter;
    private final AccountSettings settings;
    private final People people;
    private final Sessions sessions;
    private final BrowserSessions browsers;

    AccountPages(
            Counter counter, AccountSettings settings, People people, Sessions sessions, BrowserSessions browsers) {
        this.counter = counter;
        this.settings = settings;
        this.people = people;
        this.sessions = sessions;
        this.browsers = browsers;
    }

    private Account account(SignedIn caller) {
        return settings.account(caller.session()).orElseThrow();
    }

    private Sheet sheet(HttpServletRequest request) {
        return counter.sheet(request).titled(Talk.ACCOUNT).in("account").at(ACCOUNT);
    }

    @GetMapping("/settings")
    ResponseEntity<byte[]> settings() {
        return counter.go(ACCOUNT);
    }

    @GetMapping(ACCOUNT)
    ResponseEntity<byte[]> page(SignedIn caller, HttpServletRequest request) {
        return counter.show(request, "account", sheet(request), Map.of("account", account(caller)));
    }

    @PostMapping(value = ACCOUNT + "/name", consumes = FORM)
    ResponseEntity<byte[]> rename(SignedIn caller, HttpServletRequest request) {
        Form form = Form.of(request);
        return counter.answer(
                settings.rename(caller.session(), form.text("name")),
                _ -> counter.go(ACCOUNT, Done.RENAMED),
                why -> counter.again(
                        request,
                        why,
                        "name",
                        "account",
                        sheet(request).keeping(form, "name"),
                        Map.of("account", account(caller))));
    }

    @GetMapping(ADDRESS)
    ResponseEntity<byte[]> addressPage(SignedIn caller, HttpServletRequest request) {
        return sessions.fresh(caller.session())
                ? counter.show(
                        request,
                        "address",
                        sheet(request).titled(Own.CHANGE_ADDRESS).at(ADDRESS))
                : counter.prove(ADDRESS);
    }

    @PostMapping(value = ADDRESS, consumes = FORM)
    ResponseEntity<byte[]> address(SignedIn caller, HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request).titled(Own.CHANGE_ADDRESS).at(ADDRESS).keeping(form, "email");
        return counter.answer(
                settings.changeAddress(caller.session(), form.text("email"), counter.client(request)),
                _ -> counter.go(ACCOUNT, Done.ADDRESS_MAILED),
                why -> why instanceof Refusal.ProofNeeded
                        ? counter.prove(ADDRESS)
                        : counter.again(request, why, SignUpPages.field(why), "address", sheet, Map.of()));
    }

    @GetMapping(ACCOUNT + "/password")
    ResponseEntity<byte[]> passwordPage(SignedIn caller, HttpServletRequest request) {
        return counter.show(
                request,
                "newpassword",
                sheet(request).titled(Own.CHANGE_PASSWORD).at(ACCOUNT + "/password"),
                Map.of("email", account(caller).email()));
    }

    @PostMapping(value = ACCOUNT + "/password", consumes = FORM)
    ResponseEntity<byte[]> password(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request).titled(Own.CHANGE_PASSWORD).at(ACCOUNT + "/password");
        return counter.answer(
                settings.changePassword(
                        caller.session(), form.text("current"), form.text("wanted"), counter.client(request)),
                _ -> {
                    browsers.forget(response);
                    return counter.go("/sign-in", Done.PASSWORD_SET);
                },
                why -> {
                    boolean wrong = why instanceof Refusal.WrongCredentials;
                    if (wrong) {
                        sheet.wrong("current", sheet.say(Own.PASSWORD_WRONG));
                    }
                    String field = why instanceof Refusal.Invalid ? "wanted" : wrong ? "current" : Sheet.WHOLE;
                    return counter.again(
                            request,
                            why,
                            field,
                            "newpassword",
                            sheet,
                            Map.of("email", account(caller).email()));
                });
    }

    private Map<String, Object> aboutDeletion(SignedIn caller, Sheet sheet) {
        return Confirmation.typed(
                List.of(sheet.say(Own.DELETE_LOSS_1), sheet.say(Own.DELETE_LOSS_2), sheet.say(Own.DELETE_LOSS_3)),
                DELETION,
                sheet.say(Own.DELETE),
                ACCOUNT,
                sheet.say(Own.TYPE_ADDRESS, account(caller).email()));
    }

    @GetMapping(DELETION)
    ResponseEntity<byte[]> deletionPage(SignedIn caller, HttpServletRequest request) {
        Sheet sheet = sheet(request).titled(Own.DELETE).at(DELETION);
        return sessions.fresh(caller.session())
                ? counter.show(request, "confirm", sheet, aboutDeletion(caller, sheet))
                : counter.prove(DELETION);
    }

    @PostMapping(value = DELETION, consumes = FORM)
    ResponseEntity<byte[]> delete(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request).titled(Own.DELETE).at(DELETION).keeping(form, "typed");
        if (!form.text("typed").strip().equalsIgnoreCase(account(caller).email())) {
            sheet.wrong("typed", sheet.say(Own.TYPED_OTHERWISE));
            return counter.again(
                    request,
                    new Refusal.Invalid("typed-otherwise", ""),
                    "typed",
                    "confirm",
                    sheet,
                    aboutDeletion(caller, sheet));
        }
        return counter.answer(
                settings.delete(caller.session(), people, counter.client(request)),
                _ -> {
                    browsers.forget(response);
                    return counter.go("/signed-out", Done.ACCOUNT_DELETED);
                },
                why -> why instanceof Refusal.ProofNeeded
                        ? counter.prove(DELETION)
                        : counter.again(request, why, Sheet.WHOLE, "confirm", sheet, aboutDeletion(caller, sheet)));
    }

    @GetMapping(SESSIONS)
    ResponseEntity<byte[]> sessionsPage(SignedIn caller, HttpServletRequest request) {
        Sheet sheet = sheet(request).titled(Talk.SESSIONS).in("sessions").at(SESSIONS);
        List<SessionRow> rows = settings.sessions(caller.session()).stream()
                .map(s -> SessionRow.of(s, s.id().equals(caller.session().id()), sheet))
                .toList();
        return counter.show(request, "sessions", sheet, Map.of("rows", rows));
    }

    @PostMapping(value = SESSIONS + "/{session}/end", consumes = FORM)
    ResponseEntity<byte[]> end(SignedIn caller, @PathVariable UUID session, HttpServletRequest request) {
        return counter.answer(
                settings.endSession(caller.session(), session, counter.client(request)),
                _ -> counter.go(SESSIONS, Done.SESSION_ENDED),
                why -> counter.refuse(request, why, sheet(request), SESSIONS));
    }

    @PostMapping(value = SESSIONS + "/end-all", consumes = FORM)
    ResponseEntity<byte[]> endAll(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        settings.endSessions(caller.session(), counter.client(request));
        browsers.forget(response);
        return counter.go("/signed-out", Done.SESSIONS_ENDED);
    }
}
