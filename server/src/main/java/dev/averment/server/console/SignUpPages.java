package dev.averment.server.console;

import dev.averment.server.identity.AccountSettings;
import dev.averment.server.identity.PasswordReset;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.SignUp;
import dev.averment.server.identity.web.BrowserSessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Making an account, and everything that a mailed code is good for without a session. */
@RestController
class SignUpPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    private final Counter counter;
    private final SignUp signUp;
    private final PasswordReset reset;
    private final AccountSettings settings;
    private final BrowserSessions browsers;

    SignUpPages(
            Counter counter, SignUp signUp, PasswordReset reset, AccountSettings settings, BrowserSessions browsers) {
        this.counter = counter;
        this.signUp = signUp;
        this.reset = reset;
        this.settings = settings;
        this.browsers = browsers;
    }

    @GetMapping("/sign-up")
    ResponseEntity<byte[]> page(HttpServletRequest request) {
        return counter.show(request, "signup", counter.sheet(request).titled(Entry.NEW_ACCOUNT));
    }

    @PostMapping(value = "/sign-up", consumes = FORM)
    ResponseEntity<byte[]> signUp(HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = counter.sheet(request).titled(Entry.NEW_ACCOUNT).keeping(form, "name", "email");
        return counter.answer(
                signUp.signUp(form.text("email"), form.text("name"), form.text("password"), counter.client(request)),
                _ -> counter.go("/verify", Done.MAILED),
                why -> counter.again(request, why, field(why), "signup", sheet, Map.of()));
    }

    /** Which field a refusal is about. */
    static String field(Refusal why) {
        if (why instanceof Refusal.Invalid invalid) {
            return switch (invalid.slug()) {
                case "bad-mail-address" -> "email";
                case "bad-name" -> "name";
                default -> invalid.slug().startsWith("password-") ? "password" : Sheet.WHOLE;
            };
        }
        return why instanceof Refusal.BadToken ? "code" : Sheet.WHOLE;
    }

    private ResponseEntity<byte[]> code(HttpServletRequest request, Sheet sheet, Phrase title, String action) {
        return counter.show(request, "code", sheet.titled(title), aboutCode(sheet, action));
    }

    private static Map<String, Object> aboutCode(Sheet sheet, String action) {
        return Map.of("action", action, "button", sheet.say(Entry.CONFIRM));
    }

    @GetMapping("/verify")
    ResponseEntity<byte[]> verifyPage(HttpServletRequest request) {
        return code(request, counter.sheet(request), Entry.CONFIRM_ADDRESS, "/verify");
    }

    @PostMapping(value = "/verify", consumes = FORM)
    ResponseEntity<byte[]> verify(HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = counter.sheet(request).titled(Entry.CONFIRM_ADDRESS).keeping(form, "code");
        return counter.answer(
                signUp.verify(form.text("code").strip(), counter.client(request)),
                _ -> counter.go("/sign-in", Done.VERIFIED),
                why -> counter.again(request, why, field(why), "code", sheet, aboutCode(sheet, "/verify")));
    }

    @GetMapping("/confirm-address")
    ResponseEntity<byte[]> addressPage(HttpServletRequest request) {
        return code(request, counter.sheet(request), Entry.CONFIRM_NEW_ADDRESS, "/confirm-address");
    }

    @PostMapping(value = "/confirm-address", consumes = FORM)
    ResponseEntity<byte[]> address(HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = counter.sheet(request).titled(Entry.CONFIRM_NEW_ADDRESS).keeping(form, "code");
        return counter.answer(
                settings.confirmAddress(form.text("code").strip(), counter.client(request)),
                _ -> counter.go(sheet.signedIn() ? "/settings/account" : "/sign-in", Done.READDRESSED),
                why -> counter.again(request, why, field(why), "code", sheet, aboutCode(sheet, "/confirm-address")));
    }

    @GetMapping("/reset")
    ResponseEntity<byte[]> resetPage(HttpServletRequest request) {
        return counter.show(request, "reset", counter.sheet(request).titled(Entry.NEW_PASSWORD));
    }

    @PostMapping(value = "/reset", consumes = FORM)
    ResponseEntity<byte[]> askForReset(HttpServletRequest request) {
        Form form = Form.of(request);
        Sheet sheet = counter.sheet(request).titled(Entry.NEW_PASSWORD).keeping(form, "email");
        return counter.answer(
                reset.request(form.text("email"), counter.client(request)),
                _ -> counter.go("/reset", Done.RESET_MAILED),
                why -> counter.again(request, why, field(why), "reset", sheet, Map.of()));
    }

    @PostMapping(value = "/reset/confirm", consumes = FORM)
    ResponseEntity<byte[]> reset(HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet =
                counter.sheet(request).titled(Entry.NEW_PASSWORD).at("/reset").keeping(form, "code");
        return counter.answer(
                reset.confirm(form.text("code").strip(), form.text("password"), counter.client(request)),
                _ -> {
                    browsers.forget(response);
                    return counter.go("/sign-in", Done.PASSWORD_SET);
                },
                why -> counter.again(request, why, field(why), "reset", sheet, Map.of()));
    }
}
