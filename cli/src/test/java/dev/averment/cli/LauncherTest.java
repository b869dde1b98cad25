package dev.averment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real launcher in a small tree of its own, whose folder has a space in its name, with programs in the place of the
 * JDK and Maven that write down how they were called.
 */
@Timeout(60)
class LauncherTest {
    @TempDir
    Path folder;

    private Path tree;
    private Path jdk;

    @BeforeEach
    void makeATree() throws IOException {
        tree = Files.createDirectories(folder.resolve("a tree"));
        Path launcher = Path.of(System.getProperty("user.dir")).resolveSibling("aver");
        Files.copy(launcher, tree.resolve("aver"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String module : List.of("cli", "server")) {
            Files.createDirectories(tree.resolve(module).resolve("src/main/java"));
            Files.writeString(tree.resolve(module).resolve("pom.xml"), "<project/>");
            Files.writeString(tree.resolve(module).resolve("src/main/java/A.java"), "class A {}");
        }
        Files.createDirectories(tree.resolve("pages"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        jdk = jdk("jdk 25", "25.0.1");
        script(
                folder.resolve("bin/mvn"),
                "echo \"mvn $*\" >>\"$CALLS\"; echo \"[ERROR] A.java:1: no\"; exit ${MVN_EXIT:-0}");
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve("jdks").resolve(name);
        script(
                home.resolve("bin/java"),
                "for word in \"$@\"; do printf '%s\\n' \"java: $word\" >>\"$CALLS\"; done; exit ${JAVA_EXIT:-0}");
        script(home.resolve("bin/javac"), "exit 1");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void script(Path path, String body) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Called(int exit, String err, List<String> calls) {
        boolean built() {
            return calls.stream().anyMatch(call -> call.startsWith("mvn "));
        }
    }

    private Called call(Map<String, String> environment, Path launcher, String... args)
            throws IOException, InterruptedException {
        Path calls = folder.resolve("calls");
        Files.deleteIfExists(calls);
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("CALLS", calls.toString());
        builder.environment().put("AVERMENT_JDK_SEARCH", folder.resolve("jdks").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        return new Called(
                process.exitValue(),
                Files.readString(folder.resolve("err")),
                Files.exists(calls) ? Files.readAllLines(calls) : List.of());
    }

    private Called call(String... args) throws IOException, InterruptedException {
        return call(Map.of(), tree.resolve("aver"), args);
    }

    @Test
    void it_builds_once_and_hands_the_arguments_on_as_they_are() throws Exception {
        Called first = call("prove", "my page.yaml", "--format", "json");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.built()).isTrue();
        assertThat(first.err()).contains("building").contains("aver-build.log");
        assertThat(first.calls())
                .containsSubsequence(
                        "java: dev.averment.cli.Aver",
                        "java: prove",
                        "java: my page.yaml",
                        "java: --format",
                        "java: json");
        Called second = call("version");
        assertThat(second.built()).isFalse();
        assertThat(second.err()).isEmpty();
    }

    @Test
    void a_newer_a_new_and_a_deleted_source_each_build_again() throws Exception {
        call("version");
        Path source = tree.resolve("server/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(call("version").built()).as("newer").isTrue();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(100)));
        assertThat(call("version").built()).as("nothing changed").isFalse();
        Path more = Files.writeString(tree.resolve("server/src/main/java/B.java"), "class B {}");
        Files.setLastModifiedTime(more, FileTime.from(Instant.now().minusSeconds(100)));
        assertThat(call("version").built()).as("new, though old").isTrue();
        Files.delete(more);
        assertThat(call("version").built()).as("deleted").isTrue();
    }

    @Test
    void a_build_that_fails_says_why_and_could_not_tell() throws Exception {
        Called failed = call(Map.of("MVN_EXIT", "1"), tree.resolve("aver"), "version");
        assertThat(failed.exit()).isEqualTo(Exit.COULD_NOT_TELL);
        assertThat(failed.err()).contains("[ERROR] A.java:1: no").contains("aver-build.log");
        assertThat(failed.calls()).noneMatch(call -> call.startsWith("java: "));
        assertThat(call("version").built()).as("a failed build is no build").isTrue();
    }

    @Test
    void up_starts_the_server_alone_on_the_product_s_class_path() throws Exception {
        Called up = call("up", "--port", "0");
        String classPath = up.calls().get(up.calls().indexOf("java: -cp") + 1);
        assertThat(classPath).endsWith("/cli/target/dist/server/*").doesNotContain("dist/cli");
        assertThat(up.calls())
                .containsSubsequence("java: dev.averment.server.boot.Up", "java: --port", "java: 0")
                .doesNotContain("java: dev.averment.cli.Aver");
    }

    @Test
    void the_exit_code_of_the_command_is_its_own() throws Exception {
        call("version");
        assertThat(call(Map.of("JAVA_EXIT", "1"), tree.resolve("aver"), "version")
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void it_works_through_a_symbolic_link_from_elsewhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link to aver"), Path.of("a tree/aver"));
        assertThat(call(Map.of(), link, "version").calls()).contains("java: version");
    }

    @Test
    void an_older_jdk_in_java_home_is_passed_over() throws Exception {
        Path old = jdk("jdk-17", "17.0.2");
        Called called = call(Map.of("JAVA_HOME", old.toString()), tree.resolve("aver"), "version");
        assertThat(called.exit()).isZero();
    }

    @Test
    void without_a_jdk_25_it_says_what_it_found_and_what_to_do() throws Exception {
        Path old = jdk("jdk-17", "17.0.2");
        Called called =
                call(Map.of("JAVA_HOME", old.toString(), "AVERMENT_JDK_SEARCH", ""), tree.resolve("aver"), "version");
        assertThat(called.exit()).isEqualTo(Exit.COULD_NOT_TELL);
        assertThat(called.calls()).isEmpty();
        assertThat(called.err())
                .contains("needs a JDK 25")
                .contains(old + " (Java 17)")
                .contains("JAVA_HOME=");
    }

    @Test
    void a_lock_that_a_dead_build_left_behind_is_no_hindrance() throws Exception {
        Path lock = Files.createDirectories(tree.resolve("target/aver-build.lock"));
        Files.writeString(lock.resolve("pid"), "999999999");
        assertThat(call("version").exit()).isZero();
        assertThat(lock).doesNotExist();
    }
}
