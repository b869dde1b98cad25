package dev.averment.server.publicsite;

/** The site in German. */
final class German
        implements Words, GermanFigures, GermanStanding, GermanShell, GermanClaim, GermanDocument, GermanAbsence {}
