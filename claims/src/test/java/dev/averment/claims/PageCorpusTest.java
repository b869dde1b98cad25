package dev.averment.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.claims.file.PageProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each defect of the corpus is refused at its own line, in words that help; {@code expected.txt} is the table. */
class PageCorpusTest {

    record Expected(String file, int line, List<String> words) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Path> valid() {
        return Corpus.named("valid-").stream();
    }

    static List<Expected> invalid() throws IOException {
        return Files.readAllLines(Corpus.DIRECTORY.resolve("expected.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| "))
                .map(parts -> new Expected(
                        parts[0], Integer.parseInt(parts[1]), List.of(parts).subList(2, parts.length)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource
    void valid(Path file) {
        assertThat(Corpus.parse(file)).isInstanceOf(PageResult.Parsed.class);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalid(Expected expected) {
        assertThat(Corpus.parse(Corpus.DIRECTORY.resolve(expected.file())))
                .isInstanceOfSatisfying(
                        PageResult.Refused.class,
                        refused -> assertThat(refused.problems())
                                .as("%s", refused.problems())
                                .anySatisfy(problem -> {
                                    assertThat(problem.line()).isEqualTo(expected.line());
                                    assertThat(problem.message()).contains(expected.words());
                                }));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyMessageSaysWhatWhyAndWhatToDo(Expected expected) {
        PageResult result = Corpus.parse(Corpus.DIRECTORY.resolve(expected.file()));
        assertThat(((PageResult.Refused) result).problems()).allSatisfy(problem -> {
            assertThat(problem.message())
                    .startsWith(expected.file() + ":" + problem.line() + ":" + problem.column() + ": ");
            assertThat(problem.message().codePoints()).noneMatch(Character::isISOControl);
            assertThat(List.of(problem.what(), problem.why(), problem.remedy())).noneMatch(String::isBlank);
        });
    }

    @Test
    void theTableAndTheDirectoryAgree() throws IOException {
        assertThat(invalid().stream().map(Expected::file).distinct())
                .containsExactlyInAnyOrderElementsOf(Corpus.named("invalid-").stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
        assertThat(Corpus.named("invalid-").size()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void allDefectsOfOneFileAreReportedTogetherInItsOrder() {
        var refused = (PageResult.Refused) Corpus.parse(Corpus.DIRECTORY.resolve("invalid-several-defects.yaml"));
        assertThat(refused.problems()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(refused.problems()).extracting(PageProblem::line).isSorted();
    }
}
