package dev.averment.evidence.crosscheck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.packet.Packet;
import dev.averment.evidence.packet.PacketFixture;
import org.cyclonedx.Version;
import org.cyclonedx.model.Bom;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;

/** CycloneDX's own library, with the official 1.6 schema, reads our declarations. */
class CycloneDxTest {

    private final byte[] declarations;

    CycloneDxTest() throws Exception {
        declarations = Packet.read(new PacketFixture().packet()).files().get("declarations.cdx.json");
    }

    @Test
    void the_declarations_are_valid_CycloneDX_1_6() throws Exception {
        assertThat(new JsonParser().validate(declarations, Version.VERSION_16)).isEmpty();
        Bom bom = new JsonParser().parse(declarations);
        assertThat(bom.getDeclarations().getClaims()).hasSize(3);
        assertThat(bom.getDeclarations().getEvidence()).hasSize(2);
        assertThat(bom.getDeclarations().getEvidence().getFirst().getExpires()).isNotNull();
        assertThat(bom.getDefinitions().getStandards().getFirst().getRequirements())
                .hasSize(3);
    }

    @Test
    void the_validator_would_have_noticed() throws Exception {
        String broken = new String(declarations, UTF_8).replace("\"thirdParty\": false", "\"thirdParty\": \"no\"");
        assertThat(new JsonParser().validate(broken, Version.VERSION_16)).isNotEmpty();
    }
}
