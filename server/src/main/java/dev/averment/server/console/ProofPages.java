package dev.averment.server.console;

import dev.averment.server.identity.AccountSettings;
import dev.averment.server.identity.Arrival;
import dev.averment.server.identity.FactorSettings;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.PasskeyDoor;
import dev.averment.server.identity.ProviderProof;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.SecondFactor;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.provider.SignInProviders.Shown;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.web.BrowserSessions;
import dev.averment.server.identity.web.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where somebody who is signed in shows again to be there, before a change that could take the account away. */
@RestController
class ProofPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final Counter counter;
    private final AccountSettings settings;
    private final FactorSettings factors;
    private final SecondFactor secondFactor;
    private final PasskeyDoor passkeys;
    private final BrowserSessions browsers;
    private final ProviderProof providers;

    ProofPages(
            Counter counter,
            AccountSettings settings,
            FactorSettings factors,
            SecondFactor secondFactor,
            PasskeyDoor passkeys,
            BrowserSessions browsers,
            ProviderProof providers) {
        this.counter = counter;
        this.settings = settings;
        this.factors = factors;
        this.secondFactor = secondFactor;
        this.passkeys = passkeys;
        this.browsers = browsers;
        this.providers = providers;
    }

    private Map<String, Object> about(Session session) {
        return Map.of(
                "passkeys",
                !factors.overview(session).passkeys().isEmpty(),
                "email",
                settings.account(session).map(Account::email).orElse(""),
                "password",
                settings.hasPassword(session),
                "providers",
                providers.ways(session).stream()
                        .map(p -> new Shown(p.id(), p.name(), p.kind().word()))
                        .toList());
    }

    private Sheet sheet(HttpServletRequest request) {
        return counter.sheet(request).titled(Own.PROOF).at("/proof");
    }

    @GetMapping("/proof")
    ResponseEntity<byte[]> page(SignedIn caller, HttpServletRequest request) {
        return counter.show(request, "proof", sheet(request), about(caller.session()));
    }

    @PostMapping(value = "/proof", consumes = FORM)
    ResponseEntity<byte[]> byPassword(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request);
        return counter.answer(
                settings.prove(caller.session(), form.text("password"), counter.client(request)),
                needed -> second(caller, sheet, needed, response),
                why -> {
                    boolean wrong = why instanceof Refusal.WrongCredentials;
                    if (wrong) {
                        sheet.wrong("password", sheet.say(Own.PASSWORD_WRONG));
                    }
                    return counter.again(
                            request, why, wrong ? "password" : Sheet.WHOLE, "proof", sheet, about(caller.session()));
                });
    }

    /** Away to a provider that asks anew; a link and no form, as where an account is linked. */
    @GetMapping("/proof/with/{provider}")
    ResponseEntity<byte[]> byProvider(
            SignedIn caller, @PathVariable String provider, HttpServletRequest request, HttpServletResponse response) {
        Sheet sheet = sheet(request);
        if (!"same-origin".equals(request.getHeader("Sec-Fetch-Site"))) {
            return counter.prove(sheet.next());
        }
        return counter.answer(
                providers.begin(caller.session(), provider, sheet.next(), counter.client(request)),
                begun -> {
                    browsers.keepFlow(begun, response);
                    return ResponseEntity.status(303).location(begun.location()).build();
                },
                why -> counter.again(request, why, Sheet.WHOLE, "proof", sheet, about(caller.session())));
    }

    private ResponseEntity<byte[]> second(
            SignedIn caller, Sheet sheet, Optional<Arrival.FactorNeeded> needed, HttpServletResponse response) {
        if (needed.isEmpty()) {
            return proven(caller, sheet, response);
        }
        browsers.keepTicket(needed.get().ticket(), response);
        return counter.go("/proof/second-factor?next=" + sheet.next());
    }

    /** The session may do more from now on, so it gets another cookie. */
    private ResponseEntity<byte[]> proven(SignedIn caller, Sheet sheet, HttpServletResponse response) {
        browsers.renew(caller.session(), response);
        return counter.go(sheet.next(), Done.PROVEN);
    }

    @GetMapping("/proof/second-factor")
    ResponseEntity<byte[]> secondPage(SignedIn caller, HttpServletRequest request) {
        Sheet sheet = sheet(request);
        return browsers.ticket(request).isEmpty()
                ? counter.prove(sheet.next())
                : counter.show(request, "secondfactor", sheet, aboutSecond(caller, sheet));
    }

    private Map<String, Object> aboutSecond(SignedIn caller, Sheet sheet) {
        FactorSettings.Overview has = factors.overview(caller.session());
        List<String> methods = new ArrayList<>();
        if (has.app().isPresent()) {
            methods.add("totp");
        }
        if (!has.passkeys().isEmpty()) {
            methods.add("passkey");
        }
        if (has.codesLeft() > 0) {
            methods.add("recovery-code");
        }
        return Map.of(
                "ticket",
                "",
                "methods",
                methods,
                "base",
                "/proof/second-factor",
                "why",
                sheet.say(Own.PROOF_SECOND_WHY),
                "options",
                "/api/v1/account/proof/passkey/options",
                "restart",
                "/proof?next=" + sheet.next(),
                "restartLabel",
                sheet.say(Own.PROOF_AGAIN));
    }

    @PostMapping(value = "/proof/second-factor", consumes = FORM)
    ResponseEntity<byte[]> byCode(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request).at("/proof/second-factor");
        String method = form.text("method");
        String ticket = browsers.ticket(request).orElse("");
        return counter.answer(
                secondFactor.prove(caller.session(), ticket, method, form.text(method), counter.client(request)),
                _ -> proven(caller, sheet, response),
                why -> {
                    if (why instanceof Refusal.BadToken) {
                        return counter.prove(sheet.next());
                    }
                    boolean wrong = why instanceof Refusal.WrongCredentials;
                    if (wrong) {
                        sheet.wrong(method, sheet.say(Entry.CODE_WRONG));
                    }
                    return counter.again(
                            request,
                            why,
                            wrong ? method : Sheet.WHOLE,
                            "secondfactor",
                            sheet,
                            aboutSecond(caller, sheet));
                });
    }

    /** A passkey is as much as password and code together, so it does for both pages. */
    @PostMapping(
            value = {"/proof/passkey", "/proof/second-factor/passkey"},
            consumes = FORM)
    ResponseEntity<byte[]> byPasskey(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request);
        return counter.answer(
                PasskeyFields.assertion(form)
                        .map(a -> passkeys.prove(caller.session(), a, counter.client(request)))
                        .orElseGet(() -> Outcome.refused(PasskeyFields.MALFORMED)),
                _ -> proven(caller, sheet, response),
                why -> counter.again(request, why, Sheet.WHOLE, "proof", sheet, about(caller.session())));
    }
}
