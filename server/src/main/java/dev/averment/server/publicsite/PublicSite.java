package dev.averment.server.publicsite;

import dev.averment.server.edge.PolicyReports;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The public site as one unit: import it beside a {@code PublishedPages}, an {@code InstantSource} and the
 * server's own addresses, and it answers.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class PublicSite {

    /**
     * What a page of this site may load: its own style, font, picture and script, and nothing from anywhere else. No
     * inline style or script exists, so hostile text that got past escaping would still not run.
     */
    public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; "
            + "img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
            + PolicyReports.DIRECTIVES;
}
