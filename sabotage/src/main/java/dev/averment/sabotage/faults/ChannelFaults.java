package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.code.CodeMistake;
import dev.averment.sabotage.code.CodeMistake.What;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.PlantException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What gives the addresses of channels away, or lets them lead where they may not. */
public final class ChannelFaults {
    private ChannelFaults() {}

    /** For {@code address-encryption}. */
    public static List<Sabotage> encryption() {
        return List.of(
                mistake(
                        "settings-not-encrypted",
                        "The settings of channels are stored as they are.",
                        new CodeMistake(
                                "dev.averment.server.evidence.Disclosures",
                                "seal",
                                "(Lorg/springframework/jdbc/core/simple/JdbcClient;",
                                What.GIVES_LAST)),
                mistake(
                        "address-shown-whole",
                        "What is shown of a channel's address is all of it.",
                        new CodeMistake("dev.averment.server.delivery.Settings", "host", "(", What.GIVES_LAST)),
                new Sabotage.Live(
                        "key-beside-the-addresses",
                        "The key of the addresses is in the database, too.",
                        Verdict.FAILING,
                        instance -> {
                            instance.asSuperuser(
                                    "create table delivery.sabotage_key (held text)",
                                    "insert into delivery.sabotage_key values ('" + key(instance) + "')");
                            return () -> instance.asSuperuser("drop table delivery.sabotage_key");
                        }));
    }

    /** For {@code outbound-policy}. */
    public static List<Sabotage> outbound() {
        return List.of(
                new Sabotage.AtStart(
                        "loopback-opened",
                        "Channels may lead to the server's own machine.",
                        sound -> sound.saying("--outbound-allow", "127.0.0.0/8", "--outbound-allow", "::1/128")),
                mistake(
                        "sending-looks-at-nothing",
                        "Whatever address a name or a channel leads to is connected to.",
                        new CodeMistake("dev.averment.server.outbound.OutboundClient", "refuse", "(", What.RETURNS)),
                mistake(
                        "any-address-set-up",
                        "A channel is set up with whatever address it is given.",
                        new CodeMistake(
                                "dev.averment.server.delivery.Channels", "refuseUnreachable", "(", What.RETURNS)));
    }

    private static Sabotage mistake(String id, String breaks, CodeMistake mistake) {
        return new Sabotage.AtStart(id, breaks, sound -> sound.mistaken(mistake));
    }

    private static String key(Instance instance) throws PlantException {
        try {
            String key =
                    Files.readString(instance.data("secrets/disclosure-key")).strip();
            if (!key.matches("[0-9a-f]{64}")) {
                throw new PlantException("the key of the addresses has another form");
            }
            return key;
        } catch (IOException e) {
            throw new PlantException("the key of the addresses can't be read: " + e.getMessage(), e);
        }
    }
}
