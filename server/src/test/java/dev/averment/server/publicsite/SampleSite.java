package dev.averment.server.publicsite;

import dev.averment.server.edge.EdgeConfiguration.OwnAddresses;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The public site alone, over the sample pages, in a real Tomcat on a free port. */
final class SampleSite implements AutoCloseable {
    /** As it is configured, which is nowhere near where the tests ask. */
    static final URI BASE = URI.create("https://security.lindgren.example:8443");

    /** Not annotated as a configuration: a scan of the whole server must never find these pages. */
    @Import(PublicSite.class)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    static class Application {
        @Bean
        SamplePages pages() {
            return new SamplePages();
        }

        @Bean
        OwnAddresses own() {
            return new OwnAddresses(BASE, URI.create("https://localhost"));
        }

        @Bean
        TestClock clock() {
            return new TestClock();
        }
    }

    /** Stands still until told. */
    static final class TestClock implements InstantSource {
        private volatile Instant now = SamplePages.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        void set(Instant instant) {
            now = instant;
        }
    }

    private final ConfigurableApplicationContext context;

    SampleSite(int port) {
        var application = new SpringApplication(Application.class);
        application.setDefaultProperties(
                Map.of("server.port", port, "spring.main.banner-mode", "off", "logging.level.root", "WARN"));
        context = application.run();
    }

    String address() {
        return "http://127.0.0.1:"
                + ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    SamplePages pages() {
        return context.getBean(SamplePages.class);
    }

    TestClock clock() {
        return context.getBean(TestClock.class);
    }

    @Override
    public void close() {
        context.close();
    }

    /** For looking at the site while changing its style: serves until it is stopped. */
    public static void main(String[] args) {
        var site = new SampleSite(args.length == 0 ? 8099 : Integer.parseInt(args[0]));
        System.out.println(site.address());
    }
}
