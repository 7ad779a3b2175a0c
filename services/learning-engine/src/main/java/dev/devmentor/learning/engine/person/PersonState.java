package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.load.Session;
import dev.devmentor.learning.engine.progress.Progress;
import dev.devmentor.learning.engine.rating.Evidence;
import dev.devmentor.learning.engine.rating.LayerEvidence;
import dev.devmentor.learning.engine.rating.PersonRating;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a person's log says of the person. Immutable; equal logs give equal states, to the last bit.
 *
 * @param folded the place of the last entry that was folded; null before the first
 * @param openUndos ids of answers that were taken back before they came
 * @param answers that count
 * @param rating ability over all skills
 * @param skills by id
 * @param items by id
 * @param progress points, streak, achievements
 * @param session the session under way
 * @param epoch of shared difficulties in which the newest answer was folded
 * @param evidence what the answers of that epoch say of shared difficulties
 * @param layerEvidence what they say of the layer's weights
 */
public record PersonState(
        @Nullable EntryKey folded,
        SortedSet<String> openUndos,
        int answers,
        PersonRating rating,
        SortedMap<String, SkillStanding> skills,
        SortedMap<String, ItemStanding> items,
        Progress progress,
        Session session,
        int epoch,
        SortedMap<SharedKey, Evidence> evidence,
        LayerEvidence layerEvidence) {

    /** Nothing in the log. */
    public static final PersonState NEW = new PersonState(
            null,
            new TreeSet<>(),
            0,
            PersonRating.NEW,
            new TreeMap<>(),
            new TreeMap<>(),
            Progress.NONE,
            Session.NONE,
            0,
            new TreeMap<>(),
            new LayerEvidence());

    /** Takes the collections and the evidence over: the caller changes them no more. */
    public PersonState {
        openUndos = Collections.unmodifiableSortedSet(openUndos);
        skills = Collections.unmodifiableSortedMap(skills);
        items = Collections.unmodifiableSortedMap(items);
        evidence = Collections.unmodifiableSortedMap(evidence);
    }

    /** What is known of the person in a skill. */
    public SkillStanding skill(String id) {
        return skills.getOrDefault(id, SkillStanding.NEW);
    }

    /** What the person has done with an item. */
    public ItemStanding item(String id) {
        return items.getOrDefault(id, ItemStanding.NEW);
    }
}
