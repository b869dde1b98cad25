package dev.averment.evidence.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TreeHash;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {

    private static final NoteSigner LOG = NoteSigner.fromSeed("log.example/w/1", new byte[32]);
    private static final Checkpoint CHECKPOINT = new Checkpoint("log.example/w/1", 7, TreeHash.leaf(new byte[] {1}));

    /** The example of the signed-note specification. */
    @Test
    void the_example_of_the_standard_opens() throws NoteException {
        Vkey vkey = Vkey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        assertThat(vkey.name()).isEqualTo("example.com/foo");
        assertThat(vkey).hasToString("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    }

    /** Go's note package documents this key pair and this note (golang.org/x/mod/sumdb/note). */
    @Test
    void the_key_and_note_that_Go_documents_come_out_byte_for_byte() throws NoteException {
        NoteSigner signer =
                NoteSigner.parse("PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
        assertThat(signer.vkey()).hasToString("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        String note = """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """;
        String text = note.substring(0, note.indexOf("\n\n") + 1);
        assertThat(new String(signer.sign(text), UTF_8)).isEqualTo(note);
        assertThat(Note.open(note.getBytes(UTF_8), List.of(signer.vkey()))).isEqualTo(text);
    }

    /** RFC 8032 section 7.1, test 1. */
    @Test
    void the_first_Ed25519_vector_holds() {
        var keys = Ed25519.fromSeed(
                HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        assertThat(HexFormat.of().formatHex(Ed25519.raw(keys.getPublic())))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        assertThat(HexFormat.of().formatHex(Ed25519.sign(keys.getPrivate(), new byte[0])))
                .startsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8");
    }

    @Test
    void a_key_survives_PKCS8_and_the_one_line_form() throws NoteException {
        var keys = Ed25519.generate();
        NoteSigner signer = new NoteSigner("n", keys);
        assertThat(NoteSigner.fromPkcs8("n", keys.getPrivate().getEncoded()).vkey())
                .isEqualTo(signer.vkey());
        assertThat(Vkey.parse(signer.vkey().toString())).isEqualTo(signer.vkey());
        assertThatThrownBy(() -> Ed25519.fromPkcs8(new byte[] {1, 2, 3})).isInstanceOf(NoteException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "a+b",
                "++",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/fob+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
                "a b+530d903a+AA==",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n",
                "example.com/foo+530d903a+!!!"
            })
    void malformed_verifier_keys_are_refused(String text) {
        assertThatThrownBy(() -> Vkey.parse(text)).isInstanceOf(NoteException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "PRIVATE+KEY+a+00000000+AA==",
                "PUBLIC+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
            })
    void malformed_private_keys_are_refused_without_being_quoted(String text) {
        assertThatThrownBy(() -> NoteSigner.parse(text))
                .isInstanceOf(NoteException.class)
                .hasMessageNotContaining("AYEKF");
    }

    @Test
    void a_checkpoint_opens_with_its_key_and_no_other() throws NoteException {
        byte[] note = CHECKPOINT.sign(LOG);
        assertThat(Checkpoint.open(note, LOG.vkey())).isEqualTo(CHECKPOINT);
        assertThat(Checkpoint.peek(note)).isEqualTo(CHECKPOINT);
        Vkey stranger = NoteSigner.generate("log.example/w/1").vkey();
        assertThatThrownBy(() -> Checkpoint.open(note, stranger))
                .hasMessageContaining("not signed by a key that you trust");
    }

    @Test
    void a_checkpoint_of_another_log_under_the_same_key_is_refused() {
        byte[] note = LOG.sign(new Checkpoint("log.example/w/2", 7, CHECKPOINT.root()).text());
        assertThatThrownBy(() -> Checkpoint.open(note, LOG.vkey())).hasMessageContaining("log.example/w/2");
        assertThatThrownBy(() -> new Checkpoint("log.example/w/2", 7, CHECKPOINT.root()).sign(LOG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknown_signatures_are_ignored_but_a_known_key_that_fails_refuses_the_note() throws NoteException {
        NoteSigner witness = NoteSigner.generate("witness.example");
        byte[] note = LOG.sign(CHECKPOINT.text(), List.of(witness));
        assertThat(Note.open(note, List.of(LOG.vkey()))).isEqualTo(CHECKPOINT.text());
        assertThat(Note.open(note, List.of(witness.vkey()))).isEqualTo(CHECKPOINT.text());
        String spoiled = new String(LOG.sign(CHECKPOINT.text()), UTF_8)
                + new String(witness.sign("another text\n"), UTF_8)
                        .lines()
                        .skip(2)
                        .findFirst()
                        .orElseThrow() + "\n";
        assertThat(Note.open(spoiled.getBytes(UTF_8), List.of(LOG.vkey()))).isEqualTo(CHECKPOINT.text());
        assertThatThrownBy(() -> Note.open(spoiled.getBytes(UTF_8), List.of(LOG.vkey(), witness.vkey())))
                .hasMessageContaining("witness.example does not belong to this text");
    }

    @Test
    void every_flipped_bit_of_a_checkpoint_is_refused() {
        byte[] note = CHECKPOINT.sign(LOG);
        for (int i = 0; i < note.length * 8; i++) {
            byte[] altered = note.clone();
            altered[i / 8] ^= (byte) (1 << (i % 8));
            assertThatThrownBy(() -> Checkpoint.open(altered, LOG.vkey())).isInstanceOf(NoteException.class);
        }
    }

    @Test
    void a_note_cut_anywhere_is_refused() {
        byte[] note = CHECKPOINT.sign(LOG);
        for (int length = 0; length < note.length; length++) {
            byte[] cut = Arrays.copyOf(note, length);
            assertThatThrownBy(() -> Checkpoint.open(cut, LOG.vkey())).isInstanceOf(NoteException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log\n7\n",
                "log\n07\nROOT\n",
                "log\n-1\nROOT\n",
                "log\n7\nROOT\nextension\n",
                "\n7\nROOT\n",
                "log\n7\nROOT",
                "log\n9223372036854775808\nROOT\n",
                "log\n7\nAAAA\n",
                "lo g\n7\nROOT\n",
                "log\n+7\nROOT\n",
                "log\n\u0667\nROOT\n"
            })
    void malformed_checkpoints_are_refused(String text) {
        String filled = text.replace("ROOT", TreeHash.EMPTY_ROOT.base64());
        assertThatThrownBy(() -> Checkpoint.parse(filled)).isInstanceOf(NoteException.class);
    }

    @Test
    void too_many_signatures_and_oversized_notes_are_refused() {
        String line =
                new String(LOG.sign("x\n"), UTF_8).lines().skip(2).findFirst().orElseThrow() + "\n";
        assertThatThrownBy(() -> Note.parse(("x\n\n" + line.repeat(65)).getBytes(UTF_8)))
                .hasMessageContaining("more than 64");
        assertThatThrownBy(() -> Note.parse(new byte[Note.MAX_BYTES + 1])).hasMessageContaining("over the limit");
    }

    @Test
    void text_that_could_be_read_two_ways_is_not_signed() {
        for (String bad : List.of("", "\n", "no newline", "tab\there\n", "\ud800\n")) {
            assertThatThrownBy(() -> LOG.sign(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property(tries = 500)
    void whatever_bytes_come_in_only_the_declared_exception_goes_out(
            @ForAll byte[] noise, @ForAll int at, @ForAll byte with) {
        byte[] note = CHECKPOINT.sign(LOG);
        note[Math.floorMod(at, note.length)] = with;
        for (byte[] input : List.of(noise, note)) {
            try {
                assertThat(Checkpoint.open(input, LOG.vkey())).isEqualTo(CHECKPOINT);
            } catch (NoteException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    @Property(tries = 200)
    void checkpoints_read_back_as_they_were_written(@ForAll long number, @ForAll byte[] seed) throws NoteException {
        Checkpoint checkpoint = new Checkpoint("a/b", number & Long.MAX_VALUE, Hash.sha256(seed));
        assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    }
}
