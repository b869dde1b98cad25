package dev.averment.server.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Parameters that can't be decoded: anybody can send these, so they are the asker's fault and no line in our log. */
@ControllerAdvice
class BadParameters {

    @ExceptionHandler(InvalidParameterException.class)
    void parameter(HttpServletResponse response) throws IOException {
        Problems.write(response, 400);
    }
}
