package dev.averment.claims.file;

/** Where in a file, counted from 1 as editors do. */
public record Place(int line, int column) {
    public static final Place START = new Place(1, 1);
}
