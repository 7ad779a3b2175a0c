package dev.devmentor.pbml.engine.sequence;

/** The models of which a mixture is made, each of which can be asked alone. */
public enum SequenceModel {

    /** How often a symbol was there at all. */
    POPULARITY,

    /** What followed the last symbol: a Markov chain of first order. */
    MARKOV,

    /**
     * What followed the last one to five symbols: prediction by partial match, each order interpolated with the one below by
     * absolute discounting (as in H. Ney, U. Essen, R. Kneser, "On structuring probabilistic dependences in stochastic
     * language modelling", 1994).
     */
    BACK_OFF,

    /** What stood so many places behind each symbol of the window, as independent witnesses (naive Bayes). */
    SKIPS,

    /** What came anywhere after each symbol of the window, without order, as independent witnesses. */
    CO_OCCURRENCE,

    /**
     * What came in the most similar stored sequences after what they have in common with this one, without order: the idea of
     * the compact prediction tree (T. Gueniche, P. Fournier-Viger, R. Raman, V. S. Tseng, "CPT+", PAKDD 2015) with the
     * weights of session neighbours (M. Ludewig, D. Jannach, "Evaluation of session-based recommendation algorithms", 2018).
     */
    NEIGHBOURS,

    /** How sequences ended after the last one to three symbols. The same as {@link #POPULARITY} if the question is another. */
    ENDINGS
}
