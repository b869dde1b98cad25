package dev.averment.server.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * What a form sent, in the body and nowhere else: a field in the address would lie in logs and histories (ASVS 14.2.1), and
 * one that comes twice has no meaning.
 */
public final class Form {
    private static final int LONGEST = 8192;
    private static final int MOST = 50;

    private final Map<String, String[]> fields;

    private Form(Map<String, String[]> fields) {
        this.fields = fields;
    }

    public static Form of(HttpServletRequest request) {
        Map<String, String[]> fields = request.getParameterMap();
        if (request.getQueryString() != null || fields.size() > MOST) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return new Form(fields);
    }

    /** What stands in a field; nothing when the form has none of that name. */
    public String text(String name) {
        String[] values = fields.get(name);
        if (values == null) {
            return "";
        }
        if (values.length != 1 || values[0].length() > LONGEST) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return values[0];
    }

    /** Every ticked box of a name. */
    public List<String> ticked(String name) {
        String[] values = fields.getOrDefault(name, new String[0]);
        if (values.length > MOST) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        return Arrays.asList(values);
    }

    @Override
    public String toString() {
        return "a form with " + fields.keySet();
    }
}
