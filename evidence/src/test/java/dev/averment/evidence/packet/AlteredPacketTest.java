package dev.averment.evidence.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.packet.PacketReport.Overall;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Someone without any key alters a finished packet: nothing he does may pass, not even without a key from outside. */
class AlteredPacketTest {

    private final PacketFixture fixture = new PacketFixture();
    private final byte[] packet = fixture.packet();

    private void refused(byte[] altered, String what) {
        for (Trust trust : new Trust[] {Trust.inNothing(), Trust.inLogKey(fixture.logSigner.vkey())}) {
            PacketReport report = PacketVerifier.verify(altered, trust, PacketFixture.NOW);
            assertThat(report.overall()).as(what).isEqualTo(Overall.DOES_NOT_HOLD);
        }
    }

    @Test
    void a_flipped_byte_in_any_file_is_refused() throws PacketException {
        SortedMap<String, byte[]> files = Packet.read(packet).files();
        assertThat(files).hasSizeGreaterThan(20);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            int length = file.getValue().length;
            for (int at = 0; at < length; at += Math.max(1, length / 23)) {
                byte[] bytes = file.getValue().clone();
                bytes[at] ^= 1;
                TreeMap<String, byte[]> altered = new TreeMap<>(files);
                altered.put(file.getKey(), bytes);
                refused(new Packet(altered).toBytes(), file.getKey() + " at " + at);
            }
        }
    }

    @Test
    void a_flipped_bit_anywhere_in_the_ZIP_file_is_refused() {
        for (int at = 0; at < packet.length; at += 37) {
            byte[] altered = packet.clone();
            altered[at] ^= (byte) (1 << (at % 8));
            refused(altered, "byte " + at);
        }
    }

    @Test
    void any_file_left_out_emptied_or_doubled_under_another_name_is_refused() throws PacketException {
        SortedMap<String, byte[]> files = Packet.read(packet).files();
        for (String name : files.keySet()) {
            TreeMap<String, byte[]> without = new TreeMap<>(files);
            without.remove(name);
            refused(new Packet(without).toBytes(), "without " + name);
            TreeMap<String, byte[]> emptied = new TreeMap<>(files);
            if (emptied.put(name, new byte[0]).length > 0) {
                refused(new Packet(emptied).toBytes(), "empty " + name);
            }
            TreeMap<String, byte[]> extra = new TreeMap<>(files);
            extra.put("x" + name, files.get(name));
            refused(new Packet(extra).toBytes(), "extra x" + name);
        }
    }

    @Test
    void a_packet_cut_anywhere_is_refused() {
        for (int length = 0; length < packet.length; length += 61) {
            refused(Arrays.copyOf(packet, length), "cut at " + length);
        }
        refused(Arrays.copyOf(packet, packet.length - 1), "cut at the last byte");
        refused(Arrays.copyOf(packet, packet.length + 1), "a byte appended");
    }
}
