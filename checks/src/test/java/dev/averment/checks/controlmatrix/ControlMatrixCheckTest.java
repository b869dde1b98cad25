package dev.averment.checks.controlmatrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.Audience;
import dev.averment.claims.Claim;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlMatrixCheckTest {
    private static final String MATRIX = """
            <table><thead><tr><th>Control</th><th>Posture</th><th>Proof</th><th>Owner</th></tr></thead><tbody>
            <tr data-claim="transport"><td>M6</td><td>proven 14 s ago</td><td><a href="/proof/transport">proof</a></td><td>platform</td></tr>
            <tr data-claim="backup"><td>M17</td><td>stale</td><td><a href="/proof/backup">proof</a></td><td>operations</td></tr>
            </tbody></table>
            """;

    private static final String VERDICTS =
            "{\"claims\": [{\"id\": \"transport\", \"verdict\": \"proven\"}, {\"id\": \"backup\", \"verdict\": \"stale\"}]}";

    private final ControlMatrixCheck type = new ControlMatrixCheck();

    @ParameterizedTest
    @CsvSource({
        "row, false",
        "ownerShown, false",
        "posture, green",
        "checks, 0",
        "proof, missing",
        "proof, elsewhere",
        "proofStatus, 404",
        "namesClaim, false",
        "rows, 2",
        "published, failing",
        "said, failing"
    })
    void one_altered_fact_is_failing(String fact, String value) {
        Object altered = value.equals("false")
                ? Boolean.FALSE
                : value.equals("failing") ? List.of(value) : value.matches("\\d+") ? Long.valueOf(value) : value;

        assertThat(Altered.of(type, Map.of()).subjects(fact, altered).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_row_of_no_claim_is_failing() {
        assertThat(Altered.of(type, Map.of())
                        .value("rowsOfNoClaim", List.of("ghost"))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_complete_matrix_is_proven() throws Exception {
        assertThat(judge(MATRIX).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void columns_may_be_named_on_the_cells() throws Exception {
        String named = MATRIX.replaceAll("<thead>.*</thead>", "")
                .replaceAll(
                        "<td>(M\\d+)</td><td>([^<]*)</td><td>(.*?)</td><td>([a-z]+)</td>",
                        "<td data-column=owner>$4</td><td data-column=proof>$3</td><td data-column=posture>$2</td>");

        assertThat(judge(named).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_row_may_bear_its_verdict_and_a_label_that_is_only_spoken_is_no_part_of_the_owner() throws Exception {
        String ours = MATRIX.replace("<td>stale</td>", "<td>Backups are made each day.</td>")
                .replace("data-claim=\"backup\"", "data-claim=\"backup\" data-verdict=\"stale\"")
                .replace("<td>operations</td>", "<td><span class=\"unseen\">Owner: </span>operations</td>");

        assertThat(judge(ours).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judge(ours.replace("data-verdict=\"stale\"", "data-verdict=\"green\""))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data-claim=\"backup\" | data-claim=\"ghost\" | The matrix has a row for ghost",
                "operations | nobody | backup does not show its owner",
                "/proof/backup | /proof/gone | backup links a proof that answers 404",
                "/proof/backup | /proof/transport | backup links a proof that does not name it",
                "/proof/backup | https://elsewhere.invalid/ | backup has a proof on another host",
                "<a href=\"/proof/backup\">proof</a> | none | backup links no proof",
                "stale | fine | backup shows no posture",
                "stale | proven | backup is shown as proven in the matrix, but the page says stale",
                "data-claim=\"backup\"><td>M17</td><td>stale | data-claim=\"backup\" data-verdict=\"stale\"><td>M17</td><td>proven | backup reads as proven",
                "data-claim=\"backup\"><td>M17</td><td>stale | data-claim=\"backup\" data-verdict=\"stale\"><td>M17</td><td>belegt | backup reads as proven",
                "<tr data-claim=\"backup\"> | <tr data-claim=\"backup\" hidden> | backup has no row",
                "<table> | <style>tbody tr + tr { display: none }</style><table> | backup has no row",
                "</tbody> | <tr data-claim=\"backup\" hidden><td>M17</td><td>stale</td></tr></tbody> | backup has more than one row",
            })
    void a_planted_fault_is_named(String from, String to, String reason) throws Exception {
        Judgement judgement = judge(MATRIX.replace(from, to));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).startsWith(reason);
    }

    private Judgement judge(String matrix) throws CollectException {
        try (TestSite site = TestSite.https(request -> switch (request.path()) {
            case "/pages/self/controls" -> Response.html(matrix);
            case "/pages/self.json" -> Response.of(200, VERDICTS, "Content-Type: application/json");
            case "/proof/transport" -> Response.html("Evidence for transport");
            case "/proof/backup" -> Response.html("Evidence for backup");
            default -> Response.of(404, "");
        })) {
            Facts facts = Altered.collect(
                    type,
                    TestSite.target(site.web()),
                    Altered.page(
                            List.of(
                                    claim("transport", "platform", Audience.PUBLIC),
                                    claim("backup", "operations", Audience.PUBLIC),
                                    claim("secret", "operations", Audience.INTERNAL)),
                            List.of()),
                    Map.of());
            return type.judge().judge(facts, Map.of(), Altered.NOW);
        }
    }

    private static Claim claim(String id, String owner, Audience audience) {
        return new Claim(
                id,
                null,
                "all",
                Map.of("en", "Sentence."),
                Map.of(),
                owner,
                audience,
                List.of(),
                List.of(Altered.binding("tls-versions")),
                List.of(),
                null);
    }
}
