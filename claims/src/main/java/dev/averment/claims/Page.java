package dev.averment.claims;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A security page as its file says it.
 *
 * @param id            the page's name, such as {@code self}
 * @param title         language tag to title
 * @param authoritative the language that binds; every text must have it, others are translations of it
 * @param asOf          the date that the page bears
 * @param policy        what the server enforces while this is the operator's page: nested maps as in the file, checked
 *                      against the published schema
 * @param sections      in reading order
 * @param documents     texts that the page links: {@code dpa}, {@code privacy}, {@code disclosure}, …
 * @param claims        in reading order
 * @param source        the exact bytes of the file, which are what gets hashed and published
 */
public record Page(
        String id,
        Map<String, String> title,
        String authoritative,
        LocalDate asOf,
        Map<String, Object> policy,
        List<Section> sections,
        List<Document> documents,
        List<Claim> claims,
        byte[] source) {

    /** A heading and the claims under it. */
    public record Section(String id, Map<String, String> title) {
        public Section {
            title = InOrder.copy(title);
        }
    }

    /** A text beside the page, in CommonMark, a language each. */
    public record Document(String id, Map<String, String> title, Map<String, String> text) {
        public Document {
            title = InOrder.copy(title);
            text = InOrder.copy(text);
        }
    }

    public Page {
        title = InOrder.copy(title);
        policy = InOrder.deep(policy);
        sections = List.copyOf(sections);
        documents = List.copyOf(documents);
        claims = List.copyOf(claims);
        source = source.clone();
    }

    @Override
    public byte[] source() {
        return source.clone();
    }
}
