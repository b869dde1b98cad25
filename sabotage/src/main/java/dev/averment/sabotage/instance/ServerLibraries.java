package dev.averment.sabotage.instance;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The product's class path, as the launcher would start it: never with faults, commands or tests on it.
 *
 * @param path a class path as {@code java -cp} takes it
 */
public record ServerLibraries(String path) {
    /** Folder of the product's archives, which the launcher passes on. */
    public static final String PROPERTY = "aver.server.libs";

    /** What stands beside the product on the class path of a command or of a test. */
    private static final List<String> NOT_PRODUCT = List.of(
            "averment-sabotage",
            "averment-cli",
            "averment-bench",
            "/sabotage/target/",
            "/cli/target/",
            "/bench/target/",
            "/test-classes",
            "junit",
            "surefire",
            "assertj",
            "apiguardian",
            "opentest4j");

    /**
     * From the launcher's property, else this program's own class path without what is not the product.
     *
     * @param properties the system properties
     */
    public static ServerLibraries of(Map<?, ?> properties) {
        Object libraries = properties.get(PROPERTY);
        if (libraries != null && !libraries.toString().isBlank()) {
            return new ServerLibraries(libraries + File.separator + "*");
        }
        String own = String.valueOf(properties.get("java.class.path"));
        return new ServerLibraries(Arrays.stream(own.split(File.pathSeparator))
                .filter(entry -> NOT_PRODUCT.stream().noneMatch((entry + "/").replace('\\', '/')::contains))
                .collect(Collectors.joining(File.pathSeparator)));
    }
}
