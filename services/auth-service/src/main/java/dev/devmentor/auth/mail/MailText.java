package dev.devmentor.auth.mail;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is sealed of a letter. */
@RegisterForReflection
record MailText(String to, String subject, String text, String html) {
    /** Never what it says. */
    @Override
    public String toString() {
        return "MailText";
    }
}
