package dev.devmentor.gateway.settings;

import java.util.List;

/** A part of the gateway that does what operators have set. All beans of this type are asked and told. */
public interface SettingsUser {
    /** What is wrong with settings beyond their form: sentences that begin with the path of the value. */
    default List<String> problems(Settings candidate) {
        return List.of();
    }

    /** Takes these settings over at once, for all that begins from now on. Called by one thread at a time; must not block. */
    void apply(Settings settings);
}
