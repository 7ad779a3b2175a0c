package dev.devmentor.learning.engine.fit;

/** A model's log loss over a card's sequence, as a function of the weights. */
interface SequenceLoss {

    /** The weights from now on. */
    void use(double[] weights);

    /** The weighted log loss of a sequence: minus the sum of weight times the logarithm of the outcome's probability. */
    double loss(Sequences sequences, int sequence);

    /** The same, and its derivative by each weight is added to the gradient. */
    double addGradient(Sequences sequences, int sequence, double[] gradient);
}
