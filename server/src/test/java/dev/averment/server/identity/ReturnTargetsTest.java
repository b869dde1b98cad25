package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a browser may be sent after a sign-in. */
class ReturnTargetsTest {
    @ParameterizedTest
    @ValueSource(strings = {"/join", "/settings", "/workspaces", "/workspaces/monitors/7f0a", "/pages/self"})
    void own_paths_are(String path) {
        assertThat(ReturnTargets.own(path)).contains(path);
    }

    @ParameterizedTest
    @Asvs("3.7.2")
    @ValueSource(
            strings = {
                "",
                "/",
                "workspaces",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "https://evil.example/workspaces",
                "/workspaces//evil",
                "/workspaces/../api",
                "/workspaces?to=//evil",
                "/workspaces#//evil",
                "/workspaces\r\nSet-Cookie: a=b",
                "/workspaces ",
                "/workspaces/%2e%2e",
                "/workspacess",
                "/api/v1/account",
                "/sign-in/with/google",
                "javascript:alert(1)"
            })
    void nothing_else_is(String path) {
        assertThat(ReturnTargets.own(path)).isEmpty();
    }
}
