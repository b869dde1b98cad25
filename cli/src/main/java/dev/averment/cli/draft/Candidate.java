package dev.averment.cli.draft;

import java.util.List;

/**
 * A promise that can be proven of a site from outside, as a claim of a page file.
 *
 * @param group candidates of one group promise the same thing, strictest first; the first that holds is kept
 * @param id    of the claim
 * @param yaml  the claim, indented as an item of {@code claims}
 */
record Candidate(String group, String id, String yaml) {

    /** Everything that is tried, in the order of the page. */
    static List<Candidate> all() {
        return List.of(
                tls("1.3"),
                tls("1.2"),
                strictTransport("365d"),
                strictTransport("180d"),
                strictTransport("30d"),
                plain(),
                header(
                        "content-types",
                        "x-content-type-options",
                        "nosniff",
                        "Every answer tells browsers not to guess what kind of file it is."),
                header(
                        "content-policy",
                        "content-security-policy",
                        "present",
                        "Every answer carries a policy that says from where a page may load what it runs."),
                header(
                        "referrer-policy",
                        "referrer-policy",
                        "present",
                        "Every answer says how much of an address may be told to other sites."),
                securityTxt(),
                links());
    }

    private static Candidate tls(String version) {
        return new Candidate(
                "tls", "transport-tls-" + version.replace(".", ""), """
                  - id: transport-tls-%s
                    section: transport
                    text: "Every connection uses TLS {tls} or later; a handshake with an earlier version is refused."
                    params: {tls: "%s"}
                    owner: platform
                    audience: public
                    maps: ["gdpr:32.1.a", "iso27001:A.8.24"]
                    checks:
                      - {id: handshakes, type: tls-versions, every: 1h, valid: 3h, expect: {min: $tls}}
                    selftests:
                      - {check: handshakes, set: {subject.accepted: true}, verdict: failing}
                      - {check: handshakes, set: {subjects: []}, verdict: unproven}
                """.formatted(version.replace(".", ""), version));
    }

    private static Candidate strictTransport(String age) {
        return new Candidate("strict-transport", "strict-transport-" + age, """
                  - id: strict-transport-%s
                    section: transport
                    text: "Every answer tells browsers to use HTTPS only for at least {hsts}."
                    params: {hsts: %s}
                    owner: platform
                    audience: public
                    maps: ["gdpr:32.1.a", "iso27001:A.8.24"]
                    checks:
                      - {id: headers, type: http-headers, every: 1h, valid: 3h, expect: {hsts: {minAge: $hsts}}}
                    selftests:
                      - {check: headers, set: {subject.strict-transport-security: "max-age=60"}, verdict: failing}
                      - {check: headers, set: {subjects: []}, verdict: unproven}
                """.formatted(age, age));
    }

    private static Candidate plain() {
        return new Candidate("plain", "no-plain-text", """
                  - id: no-plain-text
                    section: transport
                    text: "Requests in plain text are refused or redirected to HTTPS."
                    owner: platform
                    audience: public
                    maps: ["gdpr:32.1.a", "iso27001:A.8.24"]
                    checks:
                      - {id: headers, type: http-headers, every: 1h, valid: 3h, expect: {plain: refused-or-redirected}}
                    selftests:
                      - {check: headers, set: {subjects: []}, verdict: unproven}
                """);
    }

    private static Candidate header(String id, String header, String pattern, String sentence) {
        return new Candidate(id, id, """
                  - id: %s
                    section: browsers
                    text: "%s"
                    owner: platform
                    audience: public
                    maps: ["iso27001:A.8.26"]
                    checks:
                      - {id: headers, type: http-headers, every: 1h, valid: 3h, expect: {headers: {%s: %s}}}
                    selftests:
                      - {check: headers, set: {subjects: []}, verdict: unproven}
                """.formatted(id, sentence, header, pattern));
    }

    private static Candidate securityTxt() {
        return new Candidate("security-contact", "security-contact", """
                  - id: security-contact
                    section: disclosure
                    text: "The contact for security reports stands in a valid and unexpired security.txt file whose
                      validity reaches no further than {validity} ahead."
                    params: {validity: 365d}
                    owner: security
                    audience: public
                    maps: ["iso27001:A.6.8"]
                    checks:
                      - {id: file, type: security-txt, every: 1h, valid: 3h, expect: {maxValidity: $validity}}
                    selftests:
                      - {check: file, set: {subject.expires: "2020-01-01T00:00:00Z"}, verdict: failing}
                      - {check: file, set: {subjects: []}, verdict: unproven}
                """);
    }

    private static Candidate links() {
        return new Candidate("links", "links-open", """
                  - id: links-open
                    section: document
                    text: "Every link of the front page into this site opens."
                    owner: platform
                    audience: public
                    checks:
                      - {id: links, type: link-check, every: 1d, valid: 3d}
                    selftests:
                      - {check: links, set: {subject.status: 404}, verdict: failing}
                      - {check: links, set: {subjects: []}, verdict: unproven}
                """);
    }
}
