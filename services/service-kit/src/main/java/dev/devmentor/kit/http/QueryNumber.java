package dev.devmentor.kit.http;

import dev.devmentor.kit.problem.ProblemException;

/**
 * A whole number in the query of a request, such as the size of a page. Resources take it as text, because JAX-RS answers a
 * number that it cannot read with 404 and without a reason.
 */
public final class QueryNumber {
    private QueryNumber() {}

    /**
     * The number of a text.
     *
     * @param name of the parameter, for who sent it
     * @throws ProblemException 400 if the text is no number, or one out of range
     */
    public static int parse(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Same answer as for a number out of range.
        }
        throw ProblemException.invalid("'" + name + "' is a number from " + least + " to " + most);
    }
}
