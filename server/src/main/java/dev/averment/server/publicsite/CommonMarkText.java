package dev.averment.server.publicsite;

import gg.jte.Content;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A page's documents, in CommonMark with tables, as HTML. Raw HTML in them is shown as text, and links other than http, https, mailto and relative
 * ones lose their target: a page file comes from a workspace, and its readers are not that workspace's to run script on.
 */
final class CommonMarkText {

    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .percentEncodeUrls(true)
            .build();

    private CommonMarkText() {}

    /** @param title of the document; a first heading that repeats it is left out */
    static Content html(String text, String title) {
        Node document = PARSER.parse(text);
        if (document.getFirstChild() instanceof Heading h && h.getLevel() == 1) {
            var words = new StringBuilder();
            h.accept(new AbstractVisitor() {
                @Override
                public void visit(org.commonmark.node.Text t) {
                    words.append(t.getLiteral());
                }
            });
            if (words.toString().strip().equalsIgnoreCase(title.strip())) {
                h.unlink();
            }
        }
        // The site's own h1 is the document's title, so the text's headings begin at h2, wherever they began.
        int[] top = {6};
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading h) {
                top[0] = Math.min(top[0], h.getLevel());
            }
        });
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading h) {
                h.setLevel(Math.min(6, h.getLevel() - top[0] + 2));
                visitChildren(h);
            }
        });
        String html = RENDERER.render(document);
        return output -> output.writeContent(html);
    }
}
