package dev.averment.checks.cacherules;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Signed-in answers say no-store; what may be stored carries no cookie and is the same for everybody. */
final class CacheRulesJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No route was looked at; a target file names them under web.paths.");
        }
        long answered = 0;
        for (Subject subject : facts.subjects()) {
            Map<String, Object> seen = subject.facts();
            CacheControl cache = CacheControl.parse(FactReader.text(seen, "cacheControl"));
            long status = FactReader.number(seen, "status", 0);
            String route = first(subject);
            boolean guarded = FactReader.is(seen, "signedIn") || FactReader.is(seen, "setsCookie");
            if (cache.contradicts()) {
                return Judgement.failing(
                        route + " contradicts itself (Cache-Control: " + said(seen, "cacheControl") + ").");
            }
            String overruling = FactReader.text(seen, "forOneCache");
            if (guarded && letsKeep(overruling)) {
                return Judgement.failing(
                        route + " forbids keeping its answer and lets a cache at the edge keep it all the same ("
                                + overruling + ").");
            }
            if (guarded && FactReader.is(seen, "outOfCache")) {
                return Judgement.failing(route + " was answered out of a cache: the answer has an Age.");
            }
            if (FactReader.is(seen, "signedIn")) {
                if (!cache.forbidsStoring()) {
                    return Judgement.failing(route + " answers without no-store (Cache-Control: "
                            + said(seen, "cacheControl") + "), so that a cache may keep it.");
                }
                if (status >= 200 && status < 300) {
                    answered += Math.max(1, FactReader.texts(seen, "routes").size());
                }
            } else if (FactReader.is(seen, "authenticated") && status >= 200 && status < 300) {
                return Judgement.failing(
                        route + " is listed as authenticated, but answers " + status + " without credentials.");
            }
            if (FactReader.is(seen, "setsCookie") && (cache.shareable() || cache.silent())) {
                return Judgement.failing(route + " sets a cookie in an answer that caches may keep (Cache-Control: "
                        + said(seen, "cacheControl") + ").");
            }
            if (FactReader.is(seen, "authenticated") && cache.shareable()) {
                return Judgement.failing(
                        route + " is authenticated, but its answer may be kept by shared caches (Cache-Control: "
                                + said(seen, "cacheControl") + ").");
            }
            if (cache.shareable()) {
                if (FactReader.is(seen, "dependsOnVisitor") && !variesByVisitor(seen)) {
                    return Judgement.failing(
                            route + " differs for a signed-in visitor, yet shared caches may keep it.");
                }
                if (vary(seen).contains("*")) {
                    return Judgement.failing(route + " may be cached and says Vary: *, which contradict each other.");
                }
            }
        }
        if (answered == 0) {
            return Judgement.unproven(
                    "No authenticated route answered a signed-in request, so that nothing is known of such answers; a target"
                            + " file marks one as signed-in under web.paths.");
        }
        return Judgement.proven(answered + (answered == 1 ? " signed-in answer says" : " signed-in answers say")
                + " no-store; of " + FactReader.number(facts.values(), "routes", 0)
                + " routes none that may be cached sets a cookie.");
    }

    /** True when a header for one cache, such as {@code Surrogate-Control: max-age=60}, says anything but not to store. */
    private static boolean letsKeep(String overruling) {
        for (String header : overruling.split("; (?=[A-Z][A-Za-z-]*: )", -1)) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).strip();
            if (colon > 0
                    && !CacheControl.parse(value).forbidsStoring()
                    && !(header.startsWith("X-Accel-Expires") && value.equals("0"))) {
                return true;
            }
        }
        return false;
    }

    /** A cache that keys on the credentials keeps visitors apart. */
    private static boolean variesByVisitor(Map<String, Object> seen) {
        return vary(seen).contains("cookie") || vary(seen).contains("authorization");
    }

    private static List<String> vary(Map<String, Object> seen) {
        return Arrays.stream(
                        FactReader.text(seen, "vary").toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .toList();
    }

    private static String said(Map<String, Object> seen, String name) {
        String value = FactReader.text(seen, name);
        return value.isEmpty() ? "absent" : value;
    }

    private static String first(Subject subject) {
        List<String> routes = FactReader.texts(subject.facts(), "routes");
        return routes.isEmpty() ? subject.name() : routes.getFirst();
    }
}
