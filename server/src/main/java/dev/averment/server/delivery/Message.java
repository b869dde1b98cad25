package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonObject;
import java.util.List;
import java.util.Map;

/** What goes out. What leaves the server holds secrets and says nothing of itself. */
public sealed interface Message {
    /** @param url as it was accepted */
    record Post(String url, Map<String, String> headers, byte[] body) implements Message {
        public Post {
            headers = Map.copyOf(headers);
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }

        /** A JSON body, with its type among the headers. */
        public static Post json(String url, JsonObject body, Map<String, String> more) {
            var headers = new java.util.HashMap<>(more);
            headers.put("Content-Type", "application/json");
            return new Post(url, headers, body.canonical());
        }

        @Override
        public String toString() {
            return "a request";
        }
    }

    record Letter(List<String> to, String subject, String text) implements Message {
        public Letter {
            to = List.copyOf(to);
        }

        @Override
        public String toString() {
            return "a letter";
        }
    }

    /** Stays in the workspace. */
    record Note(String title, String text) implements Message {}
}
