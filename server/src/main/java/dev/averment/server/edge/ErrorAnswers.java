package dev.averment.server.edge;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the application's own machinery refuses, as RFC 9457 problems: an unknown address, a method that a route doesn't
 * have, a path that the firewall stops, a fault of ours. What went wrong inside is in the log and not in the answer.
 */
@RestController
@ControllerAdvice
class ErrorAnswers implements ErrorController {

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Without an error this is somebody who asks for /error by its name: there is nothing.
        Problems.write(
                response,
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status ? status : 404);
    }

    /** Anybody can send these: no stack trace in the log for them. */
    @ExceptionHandler(InvalidParameterException.class)
    void parameter(HttpServletResponse response) throws IOException {
        Problems.write(response, 400);
    }
}
