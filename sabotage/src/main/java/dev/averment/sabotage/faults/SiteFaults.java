package dev.averment.sabotage.faults;

import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.edge.EdgeRule.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with the published site: links that lead nowhere, tables with gaps, files past their date. */
public final class SiteFaults {
    private static final String HOME = "/|/pages/[^/]+";

    private SiteFaults() {}

    /** For {@code link-check}. */
    public static List<Sabotage> links(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        if (bound.check().with().get("require") instanceof List<?> required && !required.isEmpty()) {
            String document = required.getFirst().toString();
            faults.add(Edge.fault(
                    "link-broken:" + document,
                    "The link to a promised document leads nowhere.",
                    new EdgeRule(Kind.STATUS, ".*/" + Pattern.quote(document), "404", "")));
            faults.add(Edge.fault(
                    "link-missing:" + document,
                    "The page no longer links a promised document.",
                    new EdgeRule(Kind.REPLACE, HOME, "data-document=\"" + document + "\"", "data-nothing=\"\"")));
            faults.add(Edge.fault(
                    "link-hidden:" + document,
                    "The link to a promised document is there, but hidden from readers.",
                    new EdgeRule(
                            Kind.REPLACE,
                            HOME,
                            "data-document=\"" + document + "\"",
                            "hidden data-document=\"" + document + "\"")));
            faults.add(Edge.fault(
                    "document-empty:" + document,
                    "A promised document opens and is empty.",
                    new EdgeRule(Kind.REPLACE, ".*/" + Pattern.quote(document), "(?s).+", "")));
        } else {
            faults.add(Edge.fault(
                    "link-broken",
                    "A link of the page leads nowhere.",
                    new EdgeRule(Kind.STATUS, ".*/controls", "404", "")));
        }
        return faults;
    }

    /** For {@code control-matrix}. */
    public static List<Sabotage> matrix(Bound bound) {
        String claim = bound.page().claims().getFirst().id();
        String matrix = "/pages/[^/]+/controls";
        return List.of(
                Edge.fault(
                        "proof-link-broken",
                        "The proof of one claim leads nowhere.",
                        new EdgeRule(Kind.STATUS, ".*/claims/" + Pattern.quote(claim), "404", "")),
                Edge.fault(
                        "claim-without-owner",
                        "The matrix names nobody who answers for one claim.",
                        // The cell of the owner in the row of that claim; a row ends before the next one begins.
                        new EdgeRule(
                                Kind.REPLACE,
                                matrix,
                                "(data-claim=\"" + claim
                                        + "\"(?:(?!</tr>)[\\s\\S])*?<td[^>]*class=\"owner\"[^>]*>)(?:(?!</td>)[\\s\\S])*",
                                "$1")),
                Edge.fault(
                        "verdict-embellished",
                        "The matrix shows other verdicts than the page gives programs.",
                        new EdgeRule(
                                Kind.REPLACE,
                                matrix,
                                "<span class=\"word\">[^<]*</span>",
                                "<span class=\"word\">exempt</span>")),
                Edge.fault(
                        "claim-without-row",
                        "One claim is missing from the matrix.",
                        new EdgeRule(Kind.REPLACE, matrix, "data-claim=\"" + claim + "\"", "data-nothing=\"\"")));
    }

    /** For {@code security-txt}. */
    public static List<Sabotage> securityTxt(Bound bound) {
        String path = "/\\.well-known/security\\.txt";
        var faults = new ArrayList<Sabotage>();
        faults.add(Edge.fault(
                "security-txt-expired",
                "The file security.txt has expired.",
                new EdgeRule(Kind.REPLACE, path, "(?m)^Expires: .*$", "Expires: 2020-01-01T00:00:00Z")));
        faults.add(Edge.fault(
                "security-txt-without-contact",
                "The file security.txt names nobody to write to.",
                new EdgeRule(Kind.REPLACE, path, "(?m)^Contact: .*$", "# no contact")));
        faults.add(Edge.fault(
                "security-txt-contact-nowhere",
                "The file security.txt names a contact that nobody can be reached at.",
                new EdgeRule(Kind.REPLACE, path, "(?m)^Contact: .*$", "Contact: data:text/plain,nobody")));
        if (Boolean.TRUE.equals(bound.check().expect().get("signed"))) {
            faults.add(Edge.fault(
                    "security-txt-unsigned",
                    "The file security.txt has lost its signature.",
                    new EdgeRule(
                            Kind.REPLACE,
                            path,
                            "-----BEGIN PGP SIGNED MESSAGE-----\\R(Hash: .*\\R)*\\R|-----BEGIN PGP SIGNATURE-----[\\s\\S]*",
                            "")));
        }
        return faults;
    }
}
