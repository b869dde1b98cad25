package dev.averment.server.publicsite;

import java.time.Instant;
import java.time.LocalDate;

/** What stands around every document. */
public interface ShellWords extends FigureWords {

    String skip();

    String securityPage();

    String asOf(LocalDate date);

    String revision(int number);

    String authoritative();

    String translationOf(String language);

    String languageName(String tag);

    String language();

    String contents();

    String whatDoesNotHold();

    String sections();

    String controls();

    String history();

    String documents();

    String subProcessors();

    String packet();

    String packetMeans();

    String feed();

    String json();

    String badge();

    String styleguide();

    String backTo(String title);

    String footer();

    String renderedAt(Instant at);

    String tallyCaption();

    String signIn();
}
