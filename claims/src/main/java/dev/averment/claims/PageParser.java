package dev.averment.claims;

import dev.averment.claims.file.Fields;
import dev.averment.claims.file.Place;
import dev.averment.claims.file.Places;
import dev.averment.claims.file.Problems;
import dev.averment.claims.file.Yaml;
import dev.averment.claims.file.YamlReader;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a page file. Every rule that needs nothing but the file itself is applied here, and all problems are reported at
 * once; what needs the check types is the loader's part.
 */
public final class PageParser {
    static final Set<String> KEYS =
            Set.of("page", "title", "authoritative", "asOf", "policy", "sections", "documents", "names", "claims");
    static final Set<String> SECTION_KEYS = Set.of("id", "title");
    static final Set<String> DOCUMENT_KEYS = Set.of("id", "title", "text");

    /** A language tag as far as pages need it: {@code de}, {@code de-AT}. */
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Z]{2})?");

    private static final int MOST_SECTIONS = 50;
    private static final int MOST_DOCUMENTS = 50;
    private static final int MOST_CLAIMS = 500;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DOCUMENT = 200_000;

    private final Problems problems;
    private final Problems warnings;
    private final List<PageResult.ReadCheck> checks = new ArrayList<>();

    private PageParser(String file) {
        this.problems = new Problems(file);
        this.warnings = new Problems(file);
    }

    /**
     * Parses a page file.
     *
     * @param file  how messages name the file
     * @param bytes at most 1 MiB of UTF-8
     */
    public static PageResult parse(String file, byte[] bytes) {
        PageResult result = read(file, bytes);
        return result instanceof PageResult.Parsed parsed ? divisible(file, parsed) : result;
    }

    /** Without asking whether the file can be shown in part. */
    static PageResult read(String file, byte[] bytes) {
        return new PageParser(file).run(bytes);
    }

    /** A claim that is not for everybody must come out of the file without the rest: the file itself is published. */
    private static PageResult divisible(String file, PageResult.Parsed parsed) {
        Page page = parsed.page();
        var problems = new Problems(file);
        for (Audience reader : List.of(Audience.PUBLIC, Audience.PACKET)) {
            Optional<Claim> hidden = page.claims().stream()
                    .filter(claim -> !reader.mayRead(claim.audience()))
                    .findFirst();
            boolean some = page.claims().stream().anyMatch(claim -> reader.mayRead(claim.audience()));
            if (hidden.isPresent()
                    && some
                    && problems.none()
                    && PageExcerpt.of(page, reader).isEmpty()) {
                problems.add(
                        parsed.places().at("claims", page.claims().indexOf(hidden.get())),
                        "The claim " + Problems.quote(hidden.get().id()) + " can't be cut out of the file",
                        "it is for the audience “" + hidden.get().audience().word()
                                + "”, and other readers get the file without it",
                        "start each claim on a line of its own (“- id: …”), and let no other part refer to it by an alias");
            }
        }
        return problems.none() ? parsed : new PageResult.Refused(problems.list(), readable(page), parsed.places());
    }

    /** The checks of a page whose file says nothing wrong about any of them. */
    private static List<PageResult.ReadCheck> readable(Page page) {
        List<PageResult.ReadCheck> checks = new ArrayList<>();
        for (int i = 0; i < page.claims().size(); i++) {
            Claim claim = page.claims().get(i);
            for (int j = 0; j < claim.checks().size(); j++) {
                CheckBinding check = claim.checks().get(j);
                checks.add(new PageResult.ReadCheck(i, j, "the claim " + claim.id(), check.type(), Optional.of(check)));
            }
        }
        return checks;
    }

    private PageResult run(byte[] bytes) {
        Optional<Yaml> root = YamlReader.read(bytes, problems);
        Optional<Page> page = root.flatMap(yaml -> page(yaml, bytes));
        if (page.isEmpty() || !problems.none()) {
            return new PageResult.Refused(
                    problems.list(), checks, root.map(Places::of).orElseGet(Places::none));
        }
        return new PageResult.Parsed(page.get(), warnings.list(), Places.of(root.orElseThrow()));
    }

    private Optional<Page> page(Yaml root, byte[] bytes) {
        Optional<Fields> read = Fields.of(root, "the page", KEYS, problems);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = read.get();
        Optional<String> id = fields.id("page");
        String authoritative = fields.requiredText(
                        "authoritative", LONGEST_TITLE, "readers must know which language binds")
                .filter(tag ->
                        language(tag, fields.get("authoritative").map(Yaml::at).orElse(fields.at())))
                .orElse("en");
        Map<String, String> title = fields.required("title", "a page is called something")
                .map(value -> byLanguage(value, "the title", authoritative, LONGEST_TITLE))
                .orElse(Map.of());
        Optional<LocalDate> asOf = fields.requiredText(
                        "asOf", LONGEST_TITLE, "a page bears the date on which it was true")
                .flatMap(text -> date(text, fields.get("asOf").map(Yaml::at).orElse(fields.at())));
        Map<String, Object> policy =
                fields.get("policy").map(new PolicyReader(problems)::read).orElse(Map.of());
        List<Page.Section> sections = sections(fields, authoritative);
        List<Page.Document> documents = documents(fields, authoritative);
        Set<String> names = new LinkedHashSet<>();
        NameRules.read(fields, "the page", names, problems);

        Set<String> sectionIds = new LinkedHashSet<>();
        sections.forEach(section -> sectionIds.add(section.id()));
        var context = new ClaimReader.Context(authoritative, sectionIds, policy, names);
        List<Claim> claims = claims(fields, context);
        if (id.isEmpty() || asOf.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Page(id.get(), title, authoritative, asOf.get(), policy, sections, documents, claims, bytes));
    }

    private List<Claim> claims(Fields page, ClaimReader.Context context) {
        List<Claim> claims = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        Optional<Yaml> value = page.required("claims", "a page without claims says nothing");
        if (value.isPresent()
                && value.get() instanceof Yaml.Sequence none
                && none.items().isEmpty()) {
            problems.add(
                    none.at(),
                    "The page has no claims",
                    "a page without claims says nothing",
                    "add a claim, or let `aver init URL` draft some");
        }
        ClaimReader reader = new ClaimReader(context, problems, warnings, checks);
        List<Yaml> items = page.items("claims", MOST_CLAIMS);
        for (int i = 0; i < items.size(); i++) {
            Yaml item = items.get(i);
            reader.read(item, i).ifPresent(claim -> {
                Integer first = seen.putIfAbsent(claim.id(), item.at().line());
                if (first != null) {
                    problems.add(
                            item.at(),
                            "The claim id " + Problems.quote(claim.id()) + " is taken (line " + first + ")",
                            "a link to it must mean one promise for ever",
                            "choose another id for the newer claim");
                }
                claims.add(claim);
            });
        }
        return claims;
    }

    private List<Page.Section> sections(Fields page, String authoritative) {
        List<Page.Section> sections = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        page.required("sections", "every claim stands under a heading");
        for (Yaml item : page.items("sections", MOST_SECTIONS)) {
            Fields.of(item, "a section", SECTION_KEYS, problems).ifPresent(fields -> {
                Optional<String> id = fields.id("id").filter(name -> unique(ids, name, "section", item.at()));
                Map<String, String> title = fields.required("title", "a section is a heading")
                        .map(value -> byLanguage(value, "the title of a section", authoritative, LONGEST_TITLE))
                        .orElse(Map.of());
                id.ifPresent(name -> sections.add(new Page.Section(name, title)));
            });
        }
        return sections;
    }

    private List<Page.Document> documents(Fields page, String authoritative) {
        List<Page.Document> documents = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Yaml item : page.items("documents", MOST_DOCUMENTS)) {
            Fields.of(item, "a document", DOCUMENT_KEYS, problems).ifPresent(fields -> {
                Optional<String> id = fields.id("id").filter(name -> unique(ids, name, "document", item.at()));
                Map<String, String> title = fields.required("title", "links show it")
                        .map(value -> byLanguage(value, "the title of a document", authoritative, LONGEST_TITLE))
                        .orElse(Map.of());
                Map<String, String> text = fields.required("text", "a linked document says something")
                        .map(value -> byLanguage(value, "the text of a document", authoritative, LONGEST_DOCUMENT))
                        .orElse(Map.of());
                id.ifPresent(name -> documents.add(new Page.Document(name, title, text)));
            });
        }
        return documents;
    }

    private boolean unique(Set<String> ids, String id, String kind, Place at) {
        if (ids.add(id)) {
            return true;
        }
        problems.add(at, "The " + kind + " id " + Problems.quote(id) + " is taken", "ids are unique", "choose another");
        return false;
    }

    private Map<String, String> byLanguage(Yaml value, String what, String authoritative, int longest) {
        return byLanguage(value, what, authoritative, longest, problems);
    }

    /** Texts by language; a single text counts as the authoritative one. */
    static Map<String, String> byLanguage(
            Yaml value, String what, String authoritative, int longest, Problems problems) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (value instanceof Yaml.Mapping mapping) {
            mapping.entries().forEach((language, entry) -> {
                if (!LANGUAGE.matcher(language).matches()) {
                    problems.add(
                            entry.keyAt(),
                            Problems.quote(language) + " in " + what + " is not a language",
                            "texts are keyed by language tags",
                            "write a tag such as en or de");
                    return;
                }
                Fields.text(entry.value(), what + " in “" + language + "”", longest, problems)
                        .ifPresent(text -> texts.put(language, text));
            });
            if (!mapping.entries().containsKey(authoritative)) {
                problems.add(
                        value.at(),
                        Fields.capital(what) + " is missing in " + Problems.quote(authoritative),
                        "that language is authoritative for this page, and a translation alone binds nobody",
                        "add “" + authoritative + ": …”");
            }
        } else {
            Fields.text(value, what, longest, problems).ifPresent(text -> texts.put(authoritative, text));
        }
        return texts;
    }

    private boolean language(String tag, Place at) {
        if (LANGUAGE.matcher(tag).matches()) {
            return true;
        }
        problems.add(
                at,
                "“authoritative” is " + Problems.quote(tag) + ", which is not a language",
                "texts are keyed by language tags",
                "write a tag such as en or de");
        return false;
    }

    private Optional<LocalDate> date(String text, Place at) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            problems.add(
                    at,
                    "“asOf” is " + Problems.quote(text) + ", which is not a date",
                    "versions of the page are told apart by it",
                    "write it as YYYY-MM-DD");
            return Optional.empty();
        }
    }
}
