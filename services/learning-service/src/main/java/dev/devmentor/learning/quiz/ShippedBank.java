package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.QuestionBank;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The question bank that comes with the product; read when somebody first asks for it, which costs a moment. */
@ApplicationScoped
public class ShippedBank {
    /** What the item of a question of the bank begins with. */
    public static final String ITEM = "bank:";

    private volatile @Nullable QuestionBank bank;

    /** The bank. */
    public QuestionBank get() {
        QuestionBank read = bank;
        if (read == null) {
            synchronized (this) {
                read = bank;
                if (read == null) {
                    read = QuestionBank.shipped();
                    bank = read;
                }
            }
        }
        return read;
    }
}
