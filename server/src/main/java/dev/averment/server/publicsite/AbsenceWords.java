package dev.averment.server.publicsite;

/** What is said where there is nothing to show. */
public interface AbsenceWords extends FigureWords {

    String noPageTitle();

    String noPage();

    String refusedTitle();

    String refused();

    String brokenTitle();

    String broken();

    String notFoundTitle();

    String notFound();

    String notFoundWhatNow();

    String toFirstPage();

    String markOpened();
}
