package dev.averment.evidence.packet;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** File names of a packet, and the texts that follow from the files alone. */
final class PacketLayout {

    static final String PAGE = "page.json";
    static final String SOURCE = "page.yaml";
    static final String DECLARATIONS = "declarations.cdx.json";
    static final String CHECKPOINT = "evidence/checkpoint";
    static final String LOG_KEY = "keys/log.vkey";
    static final String ANCHOR_KEY = "keys/anchor.vkey";
    static final String STATEMENT_KEY = "keys/statement.pem";
    static final String VERIFY = "VERIFY.md";
    static final String ALLOWED_SIGNERS = "allowed_signers";
    static final String SUMS = "sha256sums.txt";
    static final String SUMS_SIGNATURE = "sha256sums.txt.sig";
    static final String SEAL = "seal.note";
    static final String STATEMENT = "statement.sigstore.json";

    static final String SSH_NAMESPACE = "averment-packet";
    static final String PREDICATE_TYPE = "https://averment.dev/page-evidence/v1";

    static final List<String> REQUIRED = List.of(
            PAGE,
            SOURCE,
            DECLARATIONS,
            CHECKPOINT,
            LOG_KEY,
            STATEMENT_KEY,
            VERIFY,
            ALLOWED_SIGNERS,
            SUMS,
            SUMS_SIGNATURE,
            SEAL,
            STATEMENT);

    /** Files that sign or list the others, and so are not listed in {@code sha256sums.txt}. */
    private static final List<String> OVER = List.of(SUMS, SUMS_SIGNATURE, SEAL, STATEMENT);

    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final Pattern CLAIM = Pattern.compile("claims/([a-z0-9][a-z0-9-]{0,63})\\.json");
    private static final Pattern ENTRY = Pattern.compile("evidence/entries/" + NUMBER + "\\.json");
    private static final Pattern PROOF = Pattern.compile("evidence/proofs/" + NUMBER + "\\.tlog-proof");
    private static final Pattern EARLIER = Pattern.compile("evidence/earlier/" + NUMBER + "\\.checkpoint");
    private static final Pattern ANCHOR = Pattern.compile("evidence/anchor/" + NUMBER + "\\.tlog-proof");
    private static final Pattern EARLIER_PROOF = Pattern.compile("evidence/earlier/" + NUMBER + "\\.proof");

    private PacketLayout() {}

    static String claim(String id) {
        return "claims/" + id + ".json";
    }

    static String entry(long seq) {
        return "evidence/entries/" + seq + ".json";
    }

    static String proof(long seq) {
        return "evidence/proofs/" + seq + ".tlog-proof";
    }

    static String earlier(long size) {
        return "evidence/earlier/" + size + ".checkpoint";
    }

    static String earlierProof(long size) {
        return "evidence/earlier/" + size + ".proof";
    }

    /** The proof that the checkpoint of {@code size}, the packet's own or an earlier one, stands in the anchor log. */
    static String anchor(long size) {
        return "evidence/anchor/" + size + ".tlog-proof";
    }

    static boolean isKnown(String name) {
        return REQUIRED.contains(name)
                || name.equals(ANCHOR_KEY)
                || List.of(CLAIM, ENTRY, PROOF, EARLIER, EARLIER_PROOF, ANCHOR).stream()
                        .anyMatch(pattern -> pattern.matcher(name).matches());
    }

    static SortedMap<String, byte[]> claims(SortedMap<String, byte[]> files) {
        TreeMap<String, byte[]> out = new TreeMap<>();
        files.forEach((name, bytes) -> {
            Matcher matcher = CLAIM.matcher(name);
            if (matcher.matches()) {
                out.put(matcher.group(1), bytes);
            }
        });
        return out;
    }

    static SortedMap<Long, byte[]> entries(SortedMap<String, byte[]> files) {
        return numbered(files, ENTRY);
    }

    static SortedMap<Long, byte[]> proofs(SortedMap<String, byte[]> files) {
        return numbered(files, PROOF);
    }

    static SortedMap<Long, byte[]> earlier(SortedMap<String, byte[]> files) {
        return numbered(files, EARLIER);
    }

    static SortedMap<Long, byte[]> earlierProofs(SortedMap<String, byte[]> files) {
        return numbered(files, EARLIER_PROOF);
    }

    static SortedMap<Long, byte[]> anchors(SortedMap<String, byte[]> files) {
        return numbered(files, ANCHOR);
    }

    private static SortedMap<Long, byte[]> numbered(SortedMap<String, byte[]> files, Pattern pattern) {
        TreeMap<Long, byte[]> out = new TreeMap<>();
        files.forEach((name, bytes) -> {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                out.put(Long.parseLong(matcher.group(1)), bytes);
            }
        });
        return out;
    }

    /** What {@code sha256sum -c} reads: two spaces, name order. */
    static byte[] sums(SortedMap<String, byte[]> files) {
        StringBuilder sums = new StringBuilder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            if (!OVER.contains(file.getKey())) {
                sums.append(Page.sha256(file.getValue()))
                        .append("  ")
                        .append(file.getKey())
                        .append('\n');
            }
        }
        return sums.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] allowedSigners(String origin, String sshKey) {
        return (origin + " namespaces=\"" + SSH_NAMESPACE + "\" ssh-ed25519 " + sshKey + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
