package dev.averment.server.publicsite;

/** What is said where there is nothing to show, in English. */
interface EnglishAbsence extends AbsenceWords {

    @Override
    default String noPageTitle() {
        return "No page is published yet";
    }

    @Override
    default String noPage() {
        return "Draft one from what can already be seen from outside, prove it, then publish it:";
    }

    @Override
    default String refusedTitle() {
        return "That can't be answered";
    }

    @Override
    default String refused() {
        return "The request is not one that this server understands. Check its address and form.";
    }

    @Override
    default String brokenTitle() {
        return "Something broke here";
    }

    @Override
    default String broken() {
        return "It was not your fault. Try again in a moment; if it stays so, tell the operator when it happened.";
    }

    @Override
    default String notFoundTitle() {
        return "There is nothing at this address";
    }

    @Override
    default String notFound() {
        return "The page, statement or file that this address names does not exist here. Statements that were withdrawn keep their line in the page's history.";
    }

    @Override
    default String notFoundWhatNow() {
        return "Check the address, or start from";
    }

    @Override
    default String toFirstPage() {
        return "the security page";
    }

    @Override
    default String markOpened() {
        return "The proof of this statement";
    }
}
