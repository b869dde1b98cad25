package dev.averment.cli.packet;

import dev.averment.cli.CommandException;
import dev.averment.cli.Exit;
import dev.averment.cli.Terminal;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.note.Vkey;
import dev.averment.evidence.packet.PacketReport;
import dev.averment.evidence.packet.PacketVerifier;
import dev.averment.evidence.packet.Trust;
import dev.averment.evidence.packet.VerifyGuide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver verify}. */
@Command(
        name = "verify",
        sortOptions = false,
        description = "Verifies an evidence packet offline: integrity, signature, inclusion, consistency, anchoring and"
                + " freshness, each by itself. Freshness is judged by this machine's clock, not by the packet's.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  everything holds under the key you gave, and no verdict has lapsed",
            "  1  something does not hold: the packet is damaged, altered, cut off, signed with another key, or a",
            "     verdict of it has lapsed since",
            "  2  there is no such file, or the key or the checkpoint is not one",
            "  3  no key was given: the packet agrees with itself, but anybody could have made it; or it has no proof from the",
            "     checkpoint given with --seen: download it again as packet.zip?seen=SIZE, the checkpoint's second line",
            "",
            "Take the key from somewhere else than the packet: a contract, the page's site, a colleague. As JSON:",
            "  {packet, at, overall: holds | does-not-hold | integrity-only | could-not-tell,",
            "  results: {integrity, signature, inclusion, consistency, anchoring: {status: holds | fails | absent, reason}},",
            "  freshness: [{claim, verdict, age: fresh | stale | never | future, since, lapsed}],",
            "  page: {id, title, organisation, created, origin, size}, exit}",
            "",
            "Examples:",
            "  ./aver verify packet.zip --key 'example.org/log/1+1a2b3c4d+AbCd…'",
            "  ./aver verify packet.zip --key log.vkey --seen last-month.checkpoint --format json",
            "  ./aver verify --print-guide > by-hand.md"
        })
public final class VerifyCommand implements Callable<Integer> {
    /** A key or a checkpoint is a few lines. */
    private static final int LARGEST_TEXT = 16 * 1024;

    private final Terminal terminal;
    private final InstantSource clock;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says how this command is used.")
    private boolean help;

    @Parameters(paramLabel = "PACKET", arity = "0..1", description = "The packet, a ZIP file.")
    private @Nullable Path packet;

    @Option(names = "--key", paramLabel = "VKEY", description = "The log's verifier key, or a file with that one line.")
    private @Nullable String key;

    @Option(
            names = "--seen",
            paramLabel = "FILE",
            description =
                    "A checkpoint of the same log from an earlier packet that was verified; shows that history was not"
                            + " rewritten since.")
    private @Nullable Path seen;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: text.")
    private Format format = Format.TEXT;

    @Option(
            names = "--print-guide",
            description =
                    "Prints how to verify a packet by hand, with openssl and ssh-keygen, and verifies nothing. Take the"
                            + " commands from here: the VERIFY.md of a packet that nobody verified may say anything.")
    private boolean printGuide;

    enum Format {
        TEXT,
        JSON;

        /** As it is written on the command line, in help and in errors alike. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public VerifyCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws CommandException {
        if (printGuide) {
            terminal.out().print(VerifyGuide.text());
            terminal.out().flush();
            return Exit.HOLDS;
        }
        if (packet == null || !Files.isRegularFile(packet)) {
            throw CommandException.wrongUse(
                    "there is no packet " + packet + ". Give the ZIP file that the page's \"packet\" link downloads.");
        }
        Trust trust = trust();
        Instant now = clock.instant();
        PacketReport report;
        try {
            report = PacketVerifier.verify(packet, trust, now);
        } catch (IOException e) {
            throw CommandException.wrongUse(packet + " can't be read (" + e + "). Make it readable for you.");
        }
        int exit = switch (report.overall()) {
            case HOLDS -> Exit.HOLDS;
            case DOES_NOT_HOLD -> Exit.DOES_NOT_HOLD;
            case INTEGRITY_ONLY, COULD_NOT_TELL -> Exit.COULD_NOT_TELL;
        };
        VerifyReport said = new VerifyReport(packet, report, now, exit);
        switch (format) {
            case TEXT -> said.text(terminal);
            case JSON -> said.json(terminal.out());
        }
        return exit;
    }

    private Trust trust() throws CommandException {
        Optional<Vkey> vkey = Optional.empty();
        if (key != null) {
            vkey = Optional.of(vkey(key));
        }
        Optional<Checkpoint> checkpoint = Optional.empty();
        if (seen != null) {
            checkpoint = Optional.of(checkpoint(seen, vkey));
        }
        return new Trust(vkey, Optional.empty(), checkpoint);
    }

    private static Vkey vkey(String given) throws CommandException {
        String text = given;
        if (given.chars().filter(c -> c == '+').count() < 2) {
            Path file = Path.of(given);
            if (!Files.isRegularFile(file)) {
                throw CommandException.wrongUse(
                        "\"" + given + "\" is neither a verifier key (name+1a2b3c4d+base64) nor a"
                                + " file with one. Take the key from the contract or the page's site, not from the packet.");
            }
            text = read(file).strip();
        }
        try {
            return Vkey.parse(text);
        } catch (NoteException e) {
            throw CommandException.wrongUse("the key is no verifier key: " + e.getMessage()
                    + ". Copy the whole line, with both plus signs, in quotes.");
        }
    }

    /** Signed by the same key where one is given; what was kept without a key is worth what its keeper says. */
    private static Checkpoint checkpoint(Path file, Optional<Vkey> vkey) throws CommandException {
        byte[] note = read(file).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try {
            return vkey.isPresent() ? Checkpoint.open(note, vkey.get()) : Checkpoint.peek(note);
        } catch (NoteException e) {
            throw CommandException.wrongUse(file + " is no checkpoint of this log: " + e.getMessage()
                    + ". Give the file evidence/checkpoint of an earlier packet.");
        }
    }

    private static String read(Path file) throws CommandException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_TEXT + 1);
            if (bytes.length > LARGEST_TEXT) {
                throw CommandException.wrongUse(file + " is too large for what it should be: a few lines of text.");
            }
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandException.wrongUse(file + " can't be read (" + e + "). Give a file that you can read.");
        }
    }
}
