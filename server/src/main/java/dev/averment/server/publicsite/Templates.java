package dev.averment.server.publicsite;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** The site's templates, compiled with the code: a wrong name or type is found by the compiler. */
@Component
final class Templates {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /** @param name of a file in {@code jte/publicsite}, without its ending */
    Body html(String name, Map<String, Object> parameters) {
        var output = new Utf8ByteOutput();
        engine.render("publicsite/" + name + ".jte", parameters, output);
        var bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Body.of(bytes.toByteArray(), HTML);
    }
}
