package dev.averment.cli.prove;

import dev.averment.checks.prove.PageProof;
import dev.averment.checks.prove.PageProof.CheckProof;
import dev.averment.checks.prove.PageProof.ClaimProof;
import dev.averment.claims.Verdict;
import dev.averment.claims.Wording;
import java.io.PrintStream;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * For build servers: a test case a claim, in the form that Ant and Surefire began and Jenkins, GitLab and others read.
 * What is failing is a failure; stale and unproven are errors, because nothing refuted the claim and nothing proved it;
 * exempt is skipped.
 */
final class JunitReport implements ProofReport {

    @Override
    public void write(PageFile file, PageProof proof, PrintStream out) {
        try {
            StringWriter text = new StringWriter();
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, 0);
            xml.writeStartElement("testsuites");
            line(xml, 1);
            suite(proof, xml);
            line(xml, 0);
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.flush();
            out.println(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("this Java can't write XML", e);
        }
    }

    private static void suite(PageProof proof, XMLStreamWriter xml) throws XMLStreamException {
        var summary = proof.summary();
        xml.writeStartElement("testsuite");
        attribute(xml, "name", "page " + proof.page().id());
        attribute(xml, "tests", String.valueOf(proof.claims().size()));
        attribute(xml, "failures", String.valueOf(summary.getOrDefault(Verdict.FAILING, 0)));
        attribute(
                xml,
                "errors",
                String.valueOf(summary.getOrDefault(Verdict.STALE, 0) + summary.getOrDefault(Verdict.UNPROVEN, 0)));
        attribute(xml, "skipped", String.valueOf(summary.getOrDefault(Verdict.EXEMPT, 0)));
        // The form's own type is a local time without zone; it is UTC here.
        attribute(
                xml,
                "timestamp",
                proof.at().truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
        line(xml, 2);
        xml.writeStartElement("properties");
        property(xml, "page", proof.page().id());
        property(xml, "revision", "sha256:" + proof.revision());
        property(xml, "target", proof.target());
        property(xml, "waiting", String.valueOf(proof.waiting()));
        line(xml, 2);
        xml.writeEndElement();
        Wording wording = Wording.of(proof.page());
        for (ClaimProof claim : proof.claims()) {
            testcase(proof, claim, wording, xml);
        }
        line(xml, 1);
        xml.writeEndElement();
    }

    private static void testcase(PageProof proof, ClaimProof claim, Wording wording, XMLStreamWriter xml)
            throws XMLStreamException {
        line(xml, 2);
        xml.writeStartElement("testcase");
        attribute(xml, "classname", proof.page().id());
        attribute(xml, "name", claim.claim().id());
        switch (claim.verdict()) {
            case PROVEN, ATTESTED -> {}
            case EXEMPT -> {
                line(xml, 3);
                xml.writeEmptyElement("skipped");
                attribute(xml, "message", claim.reason());
            }
            case STALE, UNPROVEN -> defect("error", claim, xml);
            case FAILING -> defect("failure", claim, xml);
        }
        line(xml, 3);
        xml.writeStartElement("system-out");
        StringBuilder said =
                new StringBuilder(wording.sentence(claim.claim(), proof.page().authoritative()));
        for (CheckProof check : claim.checks()) {
            said.append('\n')
                    .append(check.binding().id())
                    .append(" (")
                    .append(check.binding().type())
                    .append("): ")
                    .append(check.verdict().word())
                    .append(", ")
                    .append(check.reason());
        }
        xml.writeCharacters(allowed(said.toString()));
        xml.writeEndElement();
        line(xml, 2);
        xml.writeEndElement();
    }

    private static void defect(String element, ClaimProof claim, XMLStreamWriter xml) throws XMLStreamException {
        line(xml, 3);
        xml.writeEmptyElement(element);
        attribute(xml, "type", claim.verdict().word());
        attribute(xml, "message", claim.reason());
    }

    private static void property(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        line(xml, 3);
        xml.writeEmptyElement("property");
        attribute(xml, "name", name);
        attribute(xml, "value", value);
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, allowed(value));
    }

    private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** Reasons come from targets, and XML 1.0 has no way to write most control characters (section 2.2). */
    private static String allowed(String text) {
        return text.codePoints()
                .map(c ->
                        c == '\t' || c == '\n' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000
                                ? c
                                : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
