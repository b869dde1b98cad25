package dev.averment.claims.file;

/**
 * Why a file is refused, or what deserves a look.
 *
 * @param file   as it was named to the reader
 * @param line   from 1
 * @param column from 1
 * @param what   what happened, a clause with the words of the file in it
 * @param why    the rule behind it
 * @param remedy what to do
 */
public record PageProblem(String file, int line, int column, String what, String why, String remedy) {

    /** {@code file:line:column: what; why; what to do}, the form that editors make a link of. */
    public String message() {
        return file + ":" + line + ":" + column + ": " + what + "; " + why + "; " + remedy;
    }

    @Override
    public String toString() {
        return message();
    }
}
