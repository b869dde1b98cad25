package dev.averment.evidence.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that are not the one ZIP form of a packet. */
class BadZipTest {

    private static void refused(byte[] zip, String reason) {
        assertThatThrownBy(() -> Packet.read(zip))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] two() {
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("a.txt", "alpha".getBytes(UTF_8));
        files.put("b.txt", "beta".getBytes(UTF_8));
        return new Packet(files).toBytes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../etc/passwd",
                "/etc/passwd",
                "a/../b",
                "a//b",
                "a/",
                ".hidden",
                "a/./b",
                "C:\\x",
                "a\\b",
                "a\u0000b",
                "a b",
                "caf\u00e9",
                "a/..",
                "..",
                ".",
                ""
            })
    void zip_slip_and_misleading_names_are_refused(String name) {
        refused(storedEntry(name, "x".getBytes(UTF_8)), "unsafe name");
    }

    @Test
    void an_overlong_name_is_refused() {
        refused(storedEntry("a".repeat(161), new byte[0]), "unsafe name");
    }

    @Test
    void a_compressed_entry_is_refused_before_it_is_inflated() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("bomb.txt"));
            zip.write(new byte[10_000_000]);
            zip.closeEntry();
        }
        refused(out.toByteArray(), "compressed");
    }

    @Test
    void a_file_twice_is_refused() {
        byte[] one = storedEntry("a.txt", "x".getBytes(UTF_8));
        byte[] twice = new byte[one.length * 2];
        System.arraycopy(one, 0, twice, 0, one.length);
        System.arraycopy(one, 0, twice, one.length, one.length);
        refused(twice, "stands in the packet twice");
    }

    @Test
    void too_many_files_are_refused() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i <= StoredZip.MAX_FILES; i++) {
            out.writeBytes(storedEntry("f" + i, new byte[0]));
        }
        refused(out.toByteArray(), "more than 20000 files");
    }

    @Test
    void an_oversized_packet_is_refused_before_it_is_read() {
        refused(new byte[Packet.MAX_BYTES + 1], "are refused");
    }

    @Test
    void a_size_that_runs_past_the_end_is_refused_without_reserving_memory() {
        byte[] zip = two();
        ByteBuffer.wrap(zip)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(18, 0x7fffffff)
                .putInt(22, 0x7fffffff);
        refused(zip, "cut short");
    }

    @Test
    void bytes_before_between_or_after_the_files_are_refused() {
        byte[] zip = two();
        for (int at : new int[] {0, 40, zip.length - 22, zip.length}) {
            byte[] altered = new byte[zip.length + 1];
            System.arraycopy(zip, 0, altered, 0, at);
            System.arraycopy(zip, at, altered, at + 1, zip.length - at);
            assertThatThrownBy(() -> Packet.read(altered)).isInstanceOf(PacketException.class);
        }
    }

    @Test
    void a_directory_that_disagrees_with_the_files_is_refused() {
        byte[] zip = two();
        String text = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1);
        int inDirectory = text.lastIndexOf("b.txt");
        zip[inDirectory] = 'c';
        refused(zip, "cut short, or holds more than its files");
    }

    @Test
    void files_out_of_order_are_refused() {
        byte[] zip = two();
        int second = new String(zip, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK", 2);
        byte[] b = java.util.Arrays.copyOfRange(zip, second, 2 * second - 1);
        byte[] swapped = zip.clone();
        System.arraycopy(b, 0, swapped, 0, b.length);
        System.arraycopy(zip, 0, swapped, b.length, second);
        assertThatThrownBy(() -> Packet.read(swapped)).isInstanceOf(PacketException.class);
    }

    @Test
    void a_wrong_checksum_is_refused_by_the_name_of_its_file() {
        byte[] zip = two();
        zip[35] ^= 1;
        refused(zip, "a.txt does not match its checksum");
    }

    @Test
    void what_is_no_ZIP_file_is_refused() {
        refused(new byte[0], "not a packet");
        refused("hello, this is no packet".getBytes(UTF_8), "not a packet");
    }

    @Property(tries = 300)
    void whatever_bytes_come_in_only_the_declared_exception_goes_out(
            @ForAll byte[] noise, @ForAll int at, @ForAll byte with) {
        byte[] zip = two();
        byte before = zip[Math.floorMod(at, zip.length)];
        zip[Math.floorMod(at, zip.length)] = with;
        assertThatThrownBy(() -> Packet.read(noise)).isInstanceOf(PacketException.class);
        if (before != with) {
            assertThatThrownBy(() -> Packet.read(zip)).isInstanceOf(PacketException.class);
        }
    }

    private static byte[] storedEntry(String name, byte[] data) {
        byte[] bytes = name.getBytes(UTF_8);
        CRC32 crc = new CRC32();
        crc.update(data);
        return ByteBuffer.allocate(30 + bytes.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putInt(0)
                .putInt(0x00210000)
                .putInt((int) crc.getValue())
                .putInt(data.length)
                .putInt(data.length)
                .putShort((short) bytes.length)
                .putShort((short) 0)
                .put(bytes)
                .put(data)
                .array();
    }
}
