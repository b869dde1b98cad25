package dev.averment.cli;

import java.util.Optional;

/** This build's version. */
public final class Version {
    private Version() {}

    /** What the build wrote into the archive; "development" outside an archive. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
