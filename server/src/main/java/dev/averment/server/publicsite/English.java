package dev.averment.server.publicsite;

/** The site in English. */
final class English
        implements Words,
                EnglishFigures,
                EnglishStanding,
                EnglishShell,
                EnglishClaim,
                EnglishDocument,
                EnglishAbsence {}
