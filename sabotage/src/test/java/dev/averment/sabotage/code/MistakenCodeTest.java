package dev.averment.sabotage.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.sabotage.code.CodeMistake.What;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MistakenCodeTest {

    /** What mistakes are made in. */
    public static class Sound {
        private final String name;

        public Sound(String name) {
            this.name = name;
        }

        public Sound named(String other) {
            return new Sound(other);
        }

        public boolean holds(String text, long number) {
            return text.length() == number;
        }

        public String joined(long number, String first, String last) {
            return number + name + first + last;
        }

        public void refuse() {
            throw new IllegalStateException("refused");
        }
    }

    private static Object mistaken(String method, String taking, What what) throws Exception {
        return mistaken(new CodeMistake(Sound.class.getName(), method, taking, what));
    }

    private static Object mistaken(CodeMistake mistake) throws Exception {
        byte[] bytes;
        try (InputStream in =
                Sound.class.getResourceAsStream("/" + Sound.class.getName().replace('.', '/') + ".class")) {
            bytes = MistakenCode.mistaken(Optional.ofNullable(in).orElseThrow().readAllBytes(), List.of(mistake));
        }
        var loader = new ClassLoader(Sound.class.getClassLoader()) {
            Class<?> made() {
                return defineClass(Sound.class.getName(), bytes, 0, bytes.length);
            }
        };
        return loader.made().getConstructor(String.class).newInstance("n");
    }

    private static Object call(Object on, String method, Object... arguments) throws Exception {
        for (var each : on.getClass().getDeclaredMethods()) {
            if (each.getName().equals(method)) {
                return each.invoke(on, arguments);
            }
        }
        throw new AssertionError(method);
    }

    @Test
    void a_method_does_nothing_and_gives_what_it_should_not() throws Exception {
        assertThat(call(mistaken("holds", "(Ljava/lang/String;", What.GIVES_TRUE), "holds", "a", 7L))
                .isEqualTo(true);
        assertThat(call(mistaken("holds", "(", What.GIVES_FALSE), "holds", "a", 1L))
                .isEqualTo(false);
        Object itself = mistaken("named", "(", What.GIVES_ITSELF);
        assertThat(call(itself, "named", "other")).isSameAs(itself);
        call(mistaken("refuse", "()", What.RETURNS), "refuse");
    }

    @Test
    void a_method_forgets_its_last_argument_and_does_the_rest() throws Exception {
        assertThat(call(mistaken("joined", "(", What.FORGETS_LAST), "joined", 1L, "first", "last"))
                .isEqualTo("1nfirstnull");
    }

    @Test
    void a_method_gives_its_last_argument_as_it_is() throws Exception {
        assertThat(call(mistaken("joined", "(", What.GIVES_LAST), "joined", 1L, "first", "last"))
                .isEqualTo("last");
    }

    @Test
    void a_text_is_miswritten_and_one_that_is_not_there_is_no_mistake() throws Exception {
        assertThatThrownBy(() -> call(
                        mistaken(CodeMistake.inText(Sound.class.getName(), "refuse", "(", "refused", "let, in")),
                        "refuse"))
                .hasRootCauseMessage("let, in");
        assertThatThrownBy(() -> mistaken(CodeMistake.inText(Sound.class.getName(), "refuse", "(", "gone", "x")))
                .hasMessageContaining("gone");
    }

    @Test
    void a_mistake_in_a_method_that_is_not_there_is_none() {
        assertThatThrownBy(() -> mistaken("gone", "(", What.RETURNS)).hasMessageContaining("gone");
        assertThatThrownBy(() -> mistaken("holds", "(I", What.GIVES_TRUE)).hasMessageContaining("holds");
    }

    @Test
    void the_agent_holds_its_own_classes_and_the_list_and_nothing_else(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("mistakes.jar");
        var mistake = CodeMistake.inText("a.B$C", "d", "(Ljava/lang/String;", "where a = ?, and", "\n");
        assertThat(CodeMistake.option(jar, List.of(mistake))).isEqualTo("-javaagent:" + jar);
        assertThat(Files.size(jar)).isPositive();
        try (var archive = new JarFile(jar.toFile());
                var list = archive.getInputStream(archive.getEntry(MistakenCode.LIST))) {
            assertThat(CodeMistake.parse(new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)))
                    .containsExactly(mistake);
            assertThat(archive.stream().map(Object::toString))
                    .filteredOn(name -> name.endsWith(".class"))
                    .allMatch(name -> name.startsWith("dev/averment/sabotage/code/"))
                    .hasSize(3);
        }
    }
}
