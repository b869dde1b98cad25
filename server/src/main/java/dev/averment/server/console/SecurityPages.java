package dev.averment.server.console;

import dev.averment.server.identity.FactorSettings;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.PasskeySettings;
import dev.averment.server.identity.ProviderLinks;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.factor.Passkey;
import dev.averment.server.identity.provider.SignInProviders;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.web.BrowserSessions;
import dev.averment.server.identity.web.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What signs somebody in besides the password. An operator who has not shown the factor that the page demands reaches these
 * pages and no others.
 */
@RestController
class SecurityPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;
    private static final String SECURITY = "/settings/security";
    private static final String APP = SECURITY + "/app";
    private static final String CODES = SECURITY + "/recovery-codes";
    private static final String PASSKEYS = SECURITY + "/passkeys";

    private final Counter counter;
    private final FactorSettings factors;
    private final PasskeySettings passkeys;
    private final FactorPolicy policy;
    private final Sessions sessions;
    private final BrowserSessions browsers;
    private final SignInProviders providers;
    private final ProviderLinks links;

    SecurityPages(
            Counter counter,
            FactorSettings factors,
            PasskeySettings passkeys,
            FactorPolicy policy,
            Sessions sessions,
            BrowserSessions browsers,
            SignInProviders providers,
            ProviderLinks links) {
        this.counter = counter;
        this.factors = factors;
        this.passkeys = passkeys;
        this.policy = policy;
        this.sessions = sessions;
        this.browsers = browsers;
        this.providers = providers;
        this.links = links;
    }

    private Sheet sheet(HttpServletRequest request) {
        return counter.sheet(request).titled(Talk.SECURITY).in("security").at(SECURITY);
    }

    /** Shows a page to whoever has just shown to be there; others do that first. */
    private ResponseEntity<byte[]> fresh(
            SignedIn caller, HttpServletRequest request, String template, Sheet sheet, Map<String, Object> about) {
        return sessions.fresh(caller.session())
                ? counter.show(request, template, sheet, about)
                : counter.prove(sheet.path());
    }

    private ResponseEntity<byte[]> not(HttpServletRequest request, Refusal why, String back) {
        return counter.refuse(request, why, sheet(request), back);
    }

    @GetMapping(SECURITY)
    ResponseEntity<byte[]> page(SignedIn caller, HttpServletRequest request) {
        Session session = caller.session();
        Sheet sheet = sheet(request);
        List<ProviderLinks.Seen> linked = links.of(session);
        return counter.show(
                request,
                "security",
                sheet,
                Map.of(
                        "has",
                        factors.overview(session),
                        "demanded",
                        policy.letsThrough(session) ? "" : sheet.say(demanded()),
                        "providers",
                        providers.all().stream()
                                .filter(shown -> linked.stream()
                                        .flatMap(link -> link.provider().stream())
                                        .noneMatch(p -> p.id().equals(shown.id())))
                                .toList(),
                        "links",
                        linked));
    }

    private Own demanded() {
        return switch (policy.demand().orElseThrow()) {
            case ANY -> Own.DEMAND_ANY;
            case TOTP -> Own.DEMAND_TOTP;
            case WEBAUTHN -> Own.DEMAND_WEBAUTHN;
            case HARDWARE -> Own.DEMAND_HARDWARE;
        };
    }

    private static Map<String, Object> confirming(
            Sheet sheet, String action, Own button, boolean loss, String... losses) {
        return Map.of(
                "losses",
                List.of(losses),
                "action",
                action,
                "button",
                sheet.say(button),
                "back",
                SECURITY,
                "loss",
                loss);
    }

    @GetMapping(APP)
    ResponseEntity<byte[]> appPage(SignedIn caller, HttpServletRequest request) {
        Sheet sheet = sheet(request).titled(Own.APP).at(APP);
        return fresh(
                caller,
                request,
                "confirm",
                sheet,
                confirming(
                        sheet, APP, Own.APP_BEGIN, false, sheet.say(Own.APP_BEGIN_WHY), sheet.say(Own.LOSS_SESSIONS)));
    }

    @PostMapping(value = APP, consumes = FORM)
    ResponseEntity<byte[]> beginApp(SignedIn caller, HttpServletRequest request) {
        return counter.answer(
                factors.beginApp(caller.session(), counter.client(request)),
                link -> counter.show(
                        request, "app", sheet(request).titled(Own.APP).at(APP), Map.of("link", link)),
                why -> not(request, why, APP));
    }

    @PostMapping(value = APP + "/confirm", consumes = FORM)
    ResponseEntity<byte[]> confirmApp(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet = sheet(request).titled(Own.APP).at(APP);
        return counter.answer(
                factors.confirmApp(caller.session(), form.text("code").strip(), counter.client(request)),
                _ -> {
                    browsers.renew(caller.session(), response);
                    return counter.go(SECURITY, Done.APP_ENROLLED);
                },
                why -> {
                    if (why instanceof Refusal.ProofNeeded) {
                        return counter.prove(APP);
                    }
                    boolean wrong = why instanceof Refusal.WrongCredentials;
                    if (wrong) {
                        sheet.wrong("code", sheet.say(Own.APP_WRONG));
                    }
                    return counter.again(request, why, wrong ? "code" : Sheet.WHOLE, "app", sheet, Map.of());
                });
    }

    @GetMapping(APP + "/removal")
    ResponseEntity<byte[]> appRemoval(SignedIn caller, HttpServletRequest request) {
        Sheet sheet = sheet(request).titled(Own.APP_REMOVE).at(APP + "/removal");
        return fresh(
                caller,
                request,
                "confirm",
                sheet,
                confirming(
                        sheet,
                        APP + "/removal",
                        Own.APP_REMOVE,
                        true,
                        sheet.say(Own.APP_LOSS),
                        sheet.say(Own.LOSS_LAST),
                        sheet.say(Own.LOSS_SESSIONS)));
    }

    @PostMapping(value = APP + "/removal", consumes = FORM)
    ResponseEntity<byte[]> removeApp(SignedIn caller, HttpServletRequest request) {
        return counter.answer(
                factors.removeApp(caller.session(), counter.client(request)),
                _ -> counter.go(SECURITY, Done.APP_REMOVED),
                why -> not(request, why, why instanceof Refusal.ProofNeeded ? APP + "/removal" : SECURITY));
    }

    @GetMapping(CODES)
    ResponseEntity<byte[]> codesPage(SignedIn caller, HttpServletRequest request) {
        Sheet sheet = sheet(request).titled(Own.CODES_MAKE).at(CODES);
        return fresh(
                caller,
                request,
                "confirm",
                sheet,
                confirming(sheet, CODES, Own.CODES_MAKE, false, sheet.say(Own.CODES_LOSS), sheet.say(Own.CODES_ONCE)));
    }

    @PostMapping(value = CODES, consumes = FORM)
    ResponseEntity<byte[]> makeCodes(SignedIn caller, HttpServletRequest request) {
        return counter.answer(
                factors.makeCodes(caller.session(), counter.client(request)),
                codes -> counter.show(
                        request, "codes", sheet(request).titled(Own.CODES_SHOWN).at(CODES), Map.of("codes", codes)),
                why -> not(request, why, why instanceof Refusal.ProofNeeded ? CODES : SECURITY));
    }

    @GetMapping(PASSKEYS + "/new")
    ResponseEntity<byte[]> passkeyPage(SignedIn caller, HttpServletRequest request) {
        return fresh(
                caller,
                request,
                "newpasskey",
                sheet(request).titled(Own.PASSKEY_ADD).at(PASSKEYS + "/new"),
                Map.of());
    }

    @PostMapping(value = PASSKEYS, consumes = FORM)
    ResponseEntity<byte[]> enrol(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        Form form = Form.of(request);
        Sheet sheet =
                sheet(request).titled(Own.PASSKEY_ADD).at(PASSKEYS + "/new").keeping(form, "name");
        return counter.answer(
                PasskeyFields.enrolment(form)
                        .map(e -> passkeys.enrol(caller.session(), form.text("name"), e, counter.client(request)))
                        .orElseGet(() -> Outcome.refused(PasskeyFields.MALFORMED)),
                _ -> {
                    browsers.renew(caller.session(), response);
                    return counter.go(SECURITY, Done.PASSKEY_ENROLLED);
                },
                why -> why instanceof Refusal.ProofNeeded
                        ? counter.prove(PASSKEYS + "/new")
                        : counter.again(request, why, SignUpPages.field(why), "newpasskey", sheet, Map.of()));
    }

    private Optional<Passkey> find(SignedIn caller, UUID passkey) {
        return factors.overview(caller.session()).passkeys().stream()
                .filter(p -> p.id().equals(passkey))
                .findFirst();
    }

    private static Map<String, Object> renaming(UUID passkey, String name) {
        return Map.of("action", PASSKEYS + "/" + passkey, "value", name, "back", SECURITY);
    }

    @GetMapping(PASSKEYS + "/{passkey}")
    ResponseEntity<byte[]> renamePage(SignedIn caller, @PathVariable UUID passkey, HttpServletRequest request) {
        return find(caller, passkey)
                .map(p -> counter.show(
                        request,
                        "rename",
                        sheet(request).titled(Own.PASSKEY_RENAME).at(PASSKEYS + "/" + passkey),
                        renaming(passkey, p.name())))
                .orElseGet(counter::missing);
    }

    @PostMapping(value = PASSKEYS + "/{passkey}", consumes = FORM)
    ResponseEntity<byte[]> rename(SignedIn caller, @PathVariable UUID passkey, HttpServletRequest request) {
        Form form = Form.of(request);
        return counter.answer(
                passkeys.rename(caller.session(), passkey, form.text("name")),
                _ -> counter.go(SECURITY, Done.PASSKEY_RENAMED),
                why -> counter.again(
                        request,
                        why,
                        "name",
                        "rename",
                        sheet(request)
                                .titled(Own.PASSKEY_RENAME)
                                .at(PASSKEYS + "/" + passkey)
                                .keeping(form, "name"),
                        renaming(passkey, "")));
    }

    @GetMapping(PASSKEYS + "/{passkey}/removal")
    ResponseEntity<byte[]> passkeyRemoval(SignedIn caller, @PathVariable UUID passkey, HttpServletRequest request) {
        String path = PASSKEYS + "/" + passkey + "/removal";
        Sheet sheet = sheet(request).titled(Own.PASSKEY_REMOVE).at(path);
        return find(caller, passkey)
                .map(p -> fresh(
                        caller,
                        request,
                        "confirm",
                        sheet,
                        confirming(
                                sheet,
                                path,
                                Own.PASSKEY_REMOVE,
                                true,
                                sheet.say(Own.PASSKEY_LOSS, p.name()),
                                sheet.say(Own.LOSS_LAST),
                                sheet.say(Own.LOSS_SESSIONS))))
                .orElseGet(counter::missing);
    }

    @PostMapping(value = PASSKEYS + "/{passkey}/removal", consumes = FORM)
    ResponseEntity<byte[]> removePasskey(SignedIn caller, @PathVariable UUID passkey, HttpServletRequest request) {
        return counter.answer(
                passkeys.remove(caller.session(), passkey, counter.client(request)),
                _ -> counter.go(SECURITY, Done.PASSKEY_REMOVED),
                why -> not(
                        request,
                        why,
                        why instanceof Refusal.ProofNeeded ? PASSKEYS + "/" + passkey + "/removal" : SECURITY));
    }

    /**
     * Away to a provider, to link the account with whoever its person is there. A link and no form: browsers hold the answer to
     * a form against form-action, which allows this site only. Nobody is sent here by another site.
     */
    @GetMapping(SECURITY + "/links/with/{provider}")
    ResponseEntity<byte[]> link(
            SignedIn caller, @PathVariable String provider, HttpServletRequest request, HttpServletResponse response) {
        String path = SECURITY + "/links/with/" + provider;
        if (!"same-origin".equals(request.getHeader("Sec-Fetch-Site"))) {
            return counter.go(SECURITY);
        }
        return counter.answer(
                links.begin(caller.session(), provider, SECURITY, counter.client(request)),
                begun -> {
                    browsers.keepFlow(begun, response);
                    return ResponseEntity.status(303).location(begun.location()).build();
                },
                why -> not(request, why, why instanceof Refusal.ProofNeeded ? path : SECURITY));
    }

    @GetMapping(SECURITY + "/links/{link}/removal")
    ResponseEntity<byte[]> unlinkPage(SignedIn caller, @PathVariable UUID link, HttpServletRequest request) {
        String path = SECURITY + "/links/" + link + "/removal";
        Sheet sheet = sheet(request).titled(Own.UNLINK).at(path);
        return links.of(caller.session()).stream()
                .filter(l -> l.link().id().equals(link))
                .findFirst()
                .map(l -> fresh(
                        caller,
                        request,
                        "confirm",
                        sheet,
                        confirming(sheet, path, Own.UNLINK, true, sheet.say(Own.UNLINK_LOSS, l.name()))))
                .orElseGet(counter::missing);
    }

    @PostMapping(value = SECURITY + "/links/{link}/removal", consumes = FORM)
    ResponseEntity<byte[]> unlink(SignedIn caller, @PathVariable UUID link, HttpServletRequest request) {
        String path = SECURITY + "/links/" + link + "/removal";
        return counter.answer(
                links.remove(caller.session(), link, counter.client(request)),
                _ -> counter.go(SECURITY, Done.UNLINKED),
                why -> not(request, why, why instanceof Refusal.ProofNeeded ? path : SECURITY));
    }
}
