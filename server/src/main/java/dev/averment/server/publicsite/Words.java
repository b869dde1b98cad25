package dev.averment.server.publicsite;

/**
 * Every sentence that the site itself says. One method a phrase, one class a language and one file an area of it: a phrase
 * that a language lacks doesn't compile.
 */
public sealed interface Words extends FigureWords, StandingWords, ShellWords, ClaimWords, DocumentWords, AbsenceWords
        permits English, German {}
