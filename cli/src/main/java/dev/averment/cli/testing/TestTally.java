package dev.averment.cli.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Counts what Surefire's reports say, after a run. A skipped test is one that proved nothing, so it fails the run. The
 * launcher starts this file from its source, because a run that failed early has built nothing: it uses the JDK alone.
 *
 * @param failed  names of tests that failed or broke, with what they said
 * @param skipped names of tests that did not run
 */
public record TestTally(int passed, List<String> failed, List<String> skipped) {
    public TestTally {
        failed = List.copyOf(failed);
        skipped = List.copyOf(skipped);
    }

    /** @param args the root of the tree */
    public static void main(String[] args) throws IOException {
        System.exit(of(Path.of(args[0])).report(System.out));
    }

    /** Reads every report under {@code root}. */
    public static TestTally of(Path root) throws IOException {
        List<Path> reports = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name =
                        folder.getFileName() == null ? "" : folder.getFileName().toString();
                boolean left = name.equals(".git") || name.equals("node_modules") || name.equals("src");
                return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.startsWith("TEST-") && name.endsWith(".xml")) {
                    reports.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        int passed = 0;
        List<String> failed = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Path report : reports.stream().sorted().toList()) {
            passed += read(report, failed, skipped);
        }
        return new TestTally(passed, failed, skipped);
    }

    private static int read(Path report, List<String> failed, List<String> skipped) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = Files.newInputStream(report)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            int passed = 0;
            String test = "";
            boolean ran = true;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "testcase" -> {
                            test = xml.getAttributeValue(null, "classname") + "." + xml.getAttributeValue(null, "name");
                            ran = true;
                        }
                        case "failure", "error" -> {
                            failed.add(named(test, xml));
                            ran = false;
                        }
                        case "skipped" -> {
                            skipped.add(named(test, xml));
                            ran = false;
                        }
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("testcase")
                        && ran) {
                    passed++;
                }
            }
            return passed;
        } catch (XMLStreamException e) {
            failed.add(report + " is no whole report: the run was cut off (" + firstLine(String.valueOf(e.getMessage()))
                    + ")");
            return 0;
        }
    }

    private static String named(String test, XMLStreamReader xml) {
        String message = xml.getAttributeValue(null, "message");
        return message == null || message.isBlank() ? test : test + ": " + firstLine(message);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Names what did not pass, says the counts on the last line, and returns the exit code. */
    public int report(PrintStream out) {
        failed.forEach(test -> out.println("failed   " + test));
        skipped.forEach(test -> out.println("skipped  " + test));
        out.println(passed + " passed, " + failed.size() + " failed, " + skipped.size() + " skipped");
        return failed.isEmpty() && skipped.isEmpty() && passed > 0 ? 0 : 1;
    }
}
