package dev.devmentor.learning.note;

import java.util.List;

/** A note that is offered as a card. */
public record Note(String memoryId, String item, String title, List<String> skills, long updatedMicros) {}
