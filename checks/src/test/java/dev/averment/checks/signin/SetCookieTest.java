package dev.averment.checks.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SetCookieTest {
    @Test
    void attributes_are_read_whatever_their_letters() {
        SetCookie cookie = SetCookie.of(List.of("__Host-s=v1.a=b; path=/;SECURE ; HttpOnly; samesite=Lax"))
                .getFirst();
        assertThat(cookie.name()).isEqualTo("__Host-s");
        assertThat(cookie.value()).isEqualTo("v1.a=b");
        assertThat(cookie.has("secure")).isTrue();
        assertThat(cookie.has("httponly")).isTrue();
        assertThat(cookie.attribute("samesite")).isEqualTo("Lax");
        assertThat(cookie.attribute("path")).isEqualTo("/");
        assertThat(cookie.has("domain")).isFalse();
        assertThat(cookie.clears()).isFalse();
    }

    @Test
    void a_cookie_that_is_taken_back_is_told_from_one_that_is_set() {
        assertThat(SetCookie.of(List.of("s=; Path=/; Max-Age=0", "t=x; Max-Age=0", "; nameless", "u=x")))
                .extracting(SetCookie::clears)
                .containsExactly(true, true, false);
    }

    @Test
    void its_value_is_in_no_message() {
        assertThat(SetCookie.of(List.of("s=secret-1")).getFirst().toString()).doesNotContain("secret-1");
    }
}
