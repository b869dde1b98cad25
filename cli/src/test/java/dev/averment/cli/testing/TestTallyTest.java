package dev.averment.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTallyTest {
    @TempDir
    Path root;

    private void report(String module, String name, String cases) throws IOException {
        Path folder = Files.createDirectories(root.resolve(module).resolve("target/surefire-reports"));
        Files.writeString(folder.resolve("TEST-" + name + ".xml"), cases);
    }

    private String said(int exit) throws IOException {
        var out = new ByteArrayOutputStream();
        assertThat(TestTally.of(root).report(new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isEqualTo(exit);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void passed_tests_of_all_modules_are_counted() throws IOException {
        report(
                "a",
                "A",
                "<testsuite><testcase classname='A' name='one'/><testcase classname='A' name='two'/></testsuite>");
        report(
                "b",
                "B",
                "<testsuite><testcase classname='B' name='one'><system-out>x</system-out></testcase></testsuite>");
        assertThat(said(0)).isEqualTo("3 passed, 0 failed, 0 skipped" + System.lineSeparator());
    }

    @Test
    void a_skipped_test_fails_the_run_by_name() throws IOException {
        report(
                "a",
                "A",
                "<testsuite><testcase classname='A' name='one'/>"
                        + "<testcase classname='A' name='two'><skipped message='no browser&#10;at all'/></testcase></testsuite>");
        assertThat(said(1)).contains("skipped  A.two: no browser").endsWith("1 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void failures_and_errors_fail_the_run() throws IOException {
        report(
                "a",
                "A",
                "<testsuite><testcase classname='A' name='one'><failure message='1 &lt; 2'>stack</failure></testcase>"
                        + "<testcase classname='A' name='two'><error type='X'/></testcase></testsuite>");
        assertThat(said(1))
                .contains("failed   A.one: 1 < 2", "failed   A.two")
                .contains("0 passed, 2 failed, 0 skipped");
    }

    @Test
    void a_report_that_was_cut_off_is_a_failure() throws IOException {
        report("a", "A", "<testsuite><testcase classname='A' name='one'/>");
        assertThat(said(1)).contains("is no whole report");
    }

    @Test
    void no_test_at_all_is_no_success() throws IOException {
        assertThat(said(1)).isEqualTo("0 passed, 0 failed, 0 skipped" + System.lineSeparator());
    }

    @Test
    void a_report_cannot_read_other_files() throws IOException {
        Path secret = Files.writeString(root.resolve("secret"), "hidden");
        report(
                "a",
                "A",
                "<!DOCTYPE t [<!ENTITY x SYSTEM '" + secret.toUri()
                        + "'>]><testsuite><testcase classname='A' name='one'>"
                        + "<skipped message='m'/>&x;</testcase></testsuite>");
        assertThat(said(1)).doesNotContain("hidden");
    }
}
