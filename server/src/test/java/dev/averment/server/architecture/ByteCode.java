package dev.averment.server.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Classes as they were compiled, for rules about what calls are given and not only about which there are. */
final class ByteCode {
    private ByteCode() {}

    /** Every class of the folders or jars in which {@code types} lie. */
    static List<ClassModel> besides(Class<?>... types) {
        List<ClassModel> all = new ArrayList<>();
        for (Class<?> type : types) {
            try {
                Path at = Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI());
                if (Files.isDirectory(at)) {
                    read(at, all);
                } else {
                    try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + at.toUri()), Map.of())) {
                        read(jar.getPath("/"), all);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    private static void read(Path root, List<ClassModel> all) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class"))
                    .filter(f -> !f.toString().contains("META-INF"))
                    .toList()) {
                all.add(ClassFile.of().parse(Files.readAllBytes(file)));
            }
        }
    }

    static String simpleName(ClassModel model) {
        String name = model.thisClass().asInternalName();
        return name.substring(name.lastIndexOf('/') + 1).replaceAll("\\$.*", "");
    }
}
