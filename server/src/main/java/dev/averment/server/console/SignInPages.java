package dev.averment.server.console;

import dev.averment.server.edge.Gate;
import dev.averment.server.identity.Arrival;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.PasskeyDoor;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.SecondFactor;
import dev.averment.server.identity.SignIn;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.provider.SignInProviders;
import dev.averment.server.identity.web.BrowserSessions;
import dev.averment.server.identity.web.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Getting in: password, second factor, passkey; and getting out. */
@RestController
class SignInPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final Counter counter;
    private final SignIn signIn;
    private final SecondFactor secondFactor;
    private final PasskeyDoor passkeys;
    private final BrowserSessions browsers;
    private final SignInProviders providers;

    SignInPages(
            Counter counter,
            SignIn signIn,
            SecondFactor secondFactor,
            PasskeyDoor passkeys,
            BrowserSessions browsers,
            SignInProviders providers) {
        this.counter = counter;
        this.signIn = signIn;
        this.secondFactor = secondFactor;
        this.passkeys = passkeys;
        this.browsers = browsers;
        this.providers = providers;
    }

    @GetMapping("/sign-in")
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        Sheet sheet = counter.sheet(request).titled(Talk.SIGN_IN);
        return sheet.signedIn() ? counter.go(sheet.next()) : counter.show(request, "signin", sheet, ways());
    }

    private Map<String, Object> ways() {
        return Map.of("providers", providers.all());
    }

    @PostMapping(value = "/sign-in", consumes = FORM)
    ResponseEntity<byte[]> byPassword(HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = counter.sheet(request).titled(Talk.SIGN_IN).keeping(form, "email");
        return arrived(
                signIn.byPassword(form.text("email"), form.text("password"), counter.client(request)),
                sheet,
                request,
                response,
                why -> {
                    boolean pair = why instanceof Refusal.WrongCredentials;
                    if (pair) {
                        sheet.wrong("password", sheet.say(Entry.WRONG_PAIR));
                    }
                    return counter.again(request, why, pair ? "password" : Sheet.WHOLE, "signin", sheet, ways());
                });
    }

    @PostMapping(value = "/sign-in/passkey", consumes = FORM)
    ResponseEntity<byte[]> byPasskey(HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = counter.sheet(request).titled(Talk.SIGN_IN).at("/sign-in");
        return arrived(
                PasskeyFields.assertion(form)
                        .map(a -> passkeys.signIn(a, counter.client(request)))
                        .orElseGet(() -> Outcome.refused(PasskeyFields.MALFORMED)),
                sheet,
                request,
                response,
                why -> counter.again(request, why, Sheet.WHOLE, "signin", sheet, ways()));
    }

    /** Empty after the page that bids the browser come again has been written. */
    @GetMapping(BrowserSessions.SECOND_FACTOR)
    @Nullable
    ResponseEntity<byte[]> second(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> ticket = browsers.ticket(request);
        if (ticket.isEmpty() && Gate.cameByAnotherSite(request)) {
            Gate.again(response);
            return null;
        }
        return ticket.isEmpty()
                ? counter.go("/sign-in?next=" + counter.sheet(request).next())
                : second(request, counter.sheet(request), ticket.get(), _ -> {}, 200);
    }

    private interface Marking {
        void mark(Sheet sheet);
    }

    private ResponseEntity<byte[]> second(
            HttpServletRequest request, Sheet sheet, String ticket, Marking marking, int status) {
        List<Method> methods = signIn.waiting(ticket);
        if (methods.isEmpty()) {
            return over(request, sheet);
        }
        marking.mark(sheet);
        ResponseEntity<byte[]> page = counter.show(
                request,
                "secondfactor",
                sheet.titled(Entry.SECOND).at(BrowserSessions.SECOND_FACTOR),
                Map.of(
                        "ticket",
                        ticket,
                        "methods",
                        methods.stream().map(Method::word).toList(),
                        "base",
                        BrowserSessions.SECOND_FACTOR,
                        "why",
                        sheet.say(Entry.SECOND_WHY),
                        "options",
                        "/api/v1/auth/second-factor/passkey/options",
                        "restart",
                        "/sign-in?next=" + sheet.next(),
                        "restartLabel",
                        sheet.say(Entry.FROM_START)));
        return ResponseEntity.status(status).headers(page.getHeaders()).body(page.getBody());
    }

    /** The ticket is no good any more: back to the password. */
    private ResponseEntity<byte[]> over(HttpServletRequest request, Sheet sheet) {
        sheet.wrong(Sheet.WHOLE, sheet.say(Entry.TICKET_GONE));
        return counter.again(
                request,
                new Refusal.BadToken(),
                Sheet.WHOLE,
                "signin",
                sheet.titled(Talk.SIGN_IN).at("/sign-in"),
                ways());
    }

    @PostMapping(value = BrowserSessions.SECOND_FACTOR, consumes = FORM)
    ResponseEntity<byte[]> byCode(HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = counter.sheet(request);
        String method = form.text("method");
        Optional<String> ticket = browsers.ticket(request);
        if (ticket.isEmpty()) {
            return over(request, sheet);
        }
        return arrived(
                secondFactor.signIn(ticket.get(), method, form.text(method), counter.client(request)),
                sheet,
                request,
                response,
                why -> refused(request, sheet, ticket.get(), method, why));
    }

    @PostMapping(value = BrowserSessions.SECOND_FACTOR + "/passkey", consumes = FORM)
    ResponseEntity<byte[]> bySecondPasskey(HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = counter.sheet(request);
        Optional<String> ticket = browsers.ticket(request);
        if (ticket.isEmpty()) {
            return over(request, sheet);
        }
        return arrived(
                PasskeyFields.assertion(form)
                        .map(a -> passkeys.signInBeside(ticket.get(), a, counter.client(request)))
                        .orElseGet(() -> Outcome.refused(PasskeyFields.MALFORMED)),
                sheet,
                request,
                response,
                why -> refused(request, sheet, ticket.get(), Sheet.WHOLE, why));
    }

    private ResponseEntity<byte[]> refused(
            HttpServletRequest request, Sheet sheet, String ticket, String field, Refusal why) {
        boolean wrong = why instanceof Refusal.WrongCredentials;
        return second(
                request,
                sheet,
                ticket,
                s -> s.wrong(wrong ? field : Sheet.WHOLE, wrong ? s.say(Entry.CODE_WRONG) : Mistake.message(why, s)),
                Mistake.status(why));
    }

    private ResponseEntity<byte[]> arrived(
            Outcome<Arrival> outcome,
            Sheet sheet,
            HttpServletRequest request,
            HttpServletResponse response,
            Function<Refusal, ResponseEntity<byte[]>> not) {
        return counter.answer(
                outcome, arrival -> counter.go(browsers.arrive(arrival, sheet.next(), request, response)), not);
    }

    @PostMapping(value = "/sign-out", consumes = FORM)
    ResponseEntity<byte[]> signOut(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        signIn.signOut(caller.session(), counter.client(request));
        browsers.forget(response);
        return counter.go("/signed-out");
    }

    @GetMapping("/signed-out")
    ResponseEntity<byte[]> signedOut(HttpServletRequest request) {
        return counter.show(request, "signedout", counter.sheet(request).titled(Entry.SIGNED_OUT));
    }
}
