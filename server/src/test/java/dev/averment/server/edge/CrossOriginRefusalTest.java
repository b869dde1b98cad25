package dev.averment.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@Asvs({"3.5.1", "3.5.2", "3.5.3"})
class CrossOriginRefusalTest {
    private final CrossOriginRefusal filter = new CrossOriginRefusal(
            Set.of(URI.create("https://trust.example.com"), URI.create("https://localhost:8443")));

    private MockHttpServletResponse send(String method, String origin, String site) throws Exception {
        var request = new MockHttpServletRequest(method, "/api/v1/account");
        if (!origin.isEmpty()) {
            request.addHeader("Origin", origin);
        }
        if (!site.isEmpty()) {
            request.addHeader("Sec-Fetch-Site", site);
        }
        var response = new MockHttpServletResponse();
        response.setStatus(0);
        var chain = new MockFilterChain();
        filter.doFilter(request, response, chain);
        if (chain.getRequest() != null) {
            response.setStatus(200);
        }
        return response;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ''",
                "'' | same-origin",
                "'' | none",
                "https://trust.example.com | ''",
                "https://trust.example.com | same-origin",
                "https://localhost:8443 | same-origin"
            })
    void this_servers_own_page_and_programs_may_change_things(String origin, String site) throws Exception {
        for (String method : new String[] {"POST", "PATCH", "PUT", "DELETE"}) {
            assertThat(send(method, origin, site).getStatus()).as(method).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | ''",
                "null | same-origin",
                "https://evil.example | ''",
                "https://evil.example | same-origin",
                "http://trust.example.com | ''",
                "https://trust.example.com:444 | ''",
                "https://trust.example.com:443 | ''",
                "https://trust.example.com. | ''",
                "https://trust.example.com.evil.example | ''",
                "https://trust.example.com/ | ''",
                "https://nottrust.example.com | ''",
                "https://trust.example.com@evil.example | ''",
                "HTTPS://TRUST.EXAMPLE.COM | ''",
                "https://localhost | ''",
                "https://localhost:8444 | ''",
                "file:// | ''",
                "' ' | ''",
                "https://trust.example.com | cross-site",
                "https://trust.example.com | same-site",
                "'' | cross-site",
                "'' | same-site",
                "'' | Same-Origin",
                "'' | nonsense"
            })
    void another_sites_page_may_not(String origin, String site) throws Exception {
        for (String method : new String[] {"POST", "PATCH", "PUT", "DELETE", "post", "PROPFIND"}) {
            MockHttpServletResponse response = send(method, origin, site);
            assertThat(response.getStatus()).as(method).isEqualTo(403);
            assertThat(response.getContentType()).isEqualTo("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void reading_is_not_refused(String method) throws Exception {
        assertThat(send(method, "https://evil.example", "cross-site").getStatus())
                .isEqualTo(200);
    }

    @Test
    void nothing_in_the_answer_lets_another_site_read_it() throws Exception {
        MockHttpServletResponse response = send("POST", "https://evil.example", "cross-site");
        assertThat(response.getHeaderNames()).noneMatch(name -> name.startsWith("Access-Control-"));
    }
}
