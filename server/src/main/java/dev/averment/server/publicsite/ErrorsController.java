package dev.averment.server.publicsite;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What an error looks like to whoever asked: a calm page for people, a problem (RFC 9457) for programs. The error's own
 * message never gets here, for it may hold what the one who asks must not learn.
 */
@RestController
final class ErrorsController implements ErrorController {
    private final Desk desk;

    ErrorsController(Desk desk) {
        this.desk = desk;
    }

    @RequestMapping("/error")
    ResponseEntity<byte[]> error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        if (status == 500 && DatabaseGone.isBehind(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION))) {
            ResponseEntity<byte[]> away = desk.broken(request, 503);
            return ResponseEntity.status(503)
                    .headers(away.getHeaders())
                    .header("Retry-After", DatabaseGone.RETRY_AFTER_SECONDS)
                    .body(away.getBody());
        }
        return status == 404 ? desk.missing(request) : desk.broken(request, status);
    }
}
