package db.migration;

import dev.devmentor.learning.log.RefoldCards;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Cards of a build that did not know FSRS-7 get its memory from the log. */
public class V1014__Refold_cards extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws Exception {
        RefoldCards.all(context.getConnection());
    }
}
