package dev.devmentor.learning.engine.person;

import static dev.devmentor.deterministic.DeterministicMath.log;

import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.load.CognitiveLoad;
import dev.devmentor.learning.engine.load.Session;
import dev.devmentor.learning.engine.progress.Effort;
import dev.devmentor.learning.engine.progress.FoldingProgress;
import dev.devmentor.learning.engine.progress.Streak;
import dev.devmentor.learning.engine.rating.Evidence;
import dev.devmentor.learning.engine.rating.ItemMemory;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.LayerEvidence;
import dev.devmentor.learning.engine.rating.PersonRating;
import dev.devmentor.learning.engine.rating.Question;
import dev.devmentor.learning.engine.rating.Rating;
import dev.devmentor.learning.engine.rating.SharedRating;
import dev.devmentor.learning.engine.rating.SkillRating;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A person while a log is folded. Not safe for use by several threads. */
final class FoldingPerson {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final double STATED_VARIANCE = 0.5; // what somebody says of an item is worth two of its answers
    private static final double STATED_LIMIT = 0.02;

    final SortedSet<String> openUndos;

    private final SharedDifficulties shared;
    private int answers;
    private PersonRating rating;
    private final SortedMap<String, SkillStanding> skills;
    private final SortedMap<String, ItemStanding> items;
    private final FoldingProgress progress;
    private Session session;
    private int epoch;
    private final SortedMap<SharedKey, Evidence> evidence;
    private LayerEvidence layerEvidence;

    FoldingPerson(PersonState from, SharedDifficulties shared) {
        this.shared = shared;
        openUndos = new TreeSet<>(from.openUndos());
        answers = from.answers();
        rating = from.rating();
        skills = new TreeMap<>(from.skills());
        items = new TreeMap<>(from.items());
        progress = new FoldingProgress(from.progress());
        session = from.session();
        epoch = from.epoch();
        evidence = new TreeMap<>(from.evidence());
        layerEvidence = from.layerEvidence().copy();
    }

    PersonState toState(EntryKey folded) {
        return new PersonState(
                folded,
                openUndos,
                answers,
                rating,
                skills,
                items,
                progress.toState(),
                session,
                epoch,
                evidence,
                layerEvidence);
    }

    void fold(PersonEntry entry) {
        switch (entry) {
            case PersonEntry.Answer answer -> answer(answer.answered(), answer.timely());
            case PersonEntry.TaskCompleted task -> {
                for (String id : task.skills()) {
                    SkillStanding skill = skills.getOrDefault(id, SkillStanding.NEW);
                    skills.put(id, new SkillStanding(skill.rating(), skill.bloom(), skill.tasks() + 1));
                }
                if (task.timely()) {
                    progress.task(task.key().atMicros(), task.localDay(), task.taskId());
                }
            }
            case PersonEntry.PointsGranted granted ->
                progress.granted(granted.key().atMicros(), granted.localDay(), granted.amount());
            case PersonEntry.Undo _, PersonEntry.Other _ -> {
                // They have no effect of their own; an undo's is that its answer is left out.
            }
        }
    }

    private void answer(Answered answered, boolean timely) {
        answers++;
        int now = shared.epochAt(answered.atMicros());
        if (now != epoch) {
            epoch = now;
            evidence.clear();
            layerEvidence = new LayerEvidence();
        }
        SharedDifficulties.Item known = shared.item(epoch, answered.item());
        ItemStanding standing = items.getOrDefault(answered.item(), ItemStanding.NEW);
        List<SkillRating> skillRatings = new ArrayList<>(answered.skills().size());
        List<SharedRating> skillDifficulties = new ArrayList<>(answered.skills().size());
        int newSkills = 0;
        for (String id : answered.skills()) {
            SkillRating skill = skills.getOrDefault(id, SkillStanding.NEW).rating();
            newSkills += skill.wins() == 0 ? 1 : 0;
            skillRatings.add(skill);
            skillDifficulties.add(shared.skill(epoch, id));
        }
        Question question = new Question(
                rating,
                skillRatings,
                standing.memory(),
                shared.root(epoch),
                skillDifficulties,
                itemRating(answered, known),
                known.guess(),
                Math.floorDiv(answered.atMicros(), MICROS_PER_SECOND));
        Rating.Step step = Rating.answered(question, answered.correct());
        Layer layer = shared.layer(epoch);
        double expected = timely
                ? layer.learn(question, step.expectation(), answered.correct(), layerEvidence)
                : layer.probability(question, step.expectation());
        rating = step.person();
        if (timely) {
            contribute(answered, step, !isStated(answered, known));
        }
        Effort effort = Effort.of(answered.responseMs(), known.neededSeconds());
        int daysSince = standing.lastDay() == Streak.NO_DAY ? -1 : daysSince(standing.lastDay(), answered.localDay());
        if (timely) {
            progress.answer(new FoldingProgress.Answer(
                    answered.atMicros(),
                    answered.localDay(),
                    answered.correct(),
                    known.shared(),
                    expected,
                    effort,
                    answered.bloom(),
                    daysSince,
                    standing.rightDays(),
                    standing.memory().losses(),
                    lastWasWrong(standing.memory()),
                    newSkills));
        }
        session = CognitiveLoad.answered(
                session,
                answered.atMicros(),
                answered.responseMs(),
                known.neededSeconds(),
                expected,
                answered.correct(),
                answered.bloom());
        items.put(answered.item(), next(standing, step.memory(), effort, daysSince, answered));
        for (int i = 0; i < answered.skills().size(); i++) {
            practise(answered, answered.skills().get(i), step.skills().get(i));
        }
    }

    private static boolean lastWasWrong(ItemMemory memory) {
        return memory.losses() > 0 && !memory.lastRight();
    }

    private static int daysSince(int lastDay, int day) {
        return Math.clamp((long) day - lastDay, 0, Integer.MAX_VALUE);
    }

    /** Where nobody's answers say how hard an item is, what its asker says of it counts. */
    private static boolean isStated(Answered answered, SharedDifficulties.Item known) {
        return !known.shared() && known.rating().answers() == 0 && !Double.isNaN(answered.difficulty());
    }

    private static SharedRating itemRating(Answered answered, SharedDifficulties.Item known) {
        if (!isStated(answered, known)) {
            return known.rating();
        }
        double wrong = Math.clamp(answered.difficulty(), STATED_LIMIT, 1 - STATED_LIMIT);
        return new SharedRating(known.rating().epoch(), log(wrong / (1 - wrong)), STATED_VARIANCE, 0);
    }

    /** Evidence about an item says something only against the difficulty that everybody's answers are folded with. */
    private void contribute(Answered answered, Rating.Step step, boolean aboutItem) {
        add(SharedKey.EVERYTHING, step.root());
        for (int i = 0; i < answered.skills().size(); i++) {
            add(
                    SharedKey.ofSkill(answered.skills().get(i)),
                    step.skillEvidence().get(i));
        }
        if (aboutItem) {
            add(SharedKey.ofItem(answered.item()), step.item());
        }
    }

    private void add(SharedKey key, Evidence more) {
        evidence.merge(key, more, Evidence::plus);
    }

    private static ItemStanding next(
            ItemStanding before, ItemMemory memory, Effort effort, int daysSince, Answered answered) {
        if (effort == Effort.NONE || daysSince == 0) {
            return new ItemStanding(memory, before.lastDay(), before.rightDays());
        }
        return new ItemStanding(memory, answered.localDay(), answered.correct() ? before.rightDays() + 1 : 0);
    }

    private void practise(Answered answered, String id, SkillRating next) {
        SkillStanding before = skills.getOrDefault(id, SkillStanding.NEW);
        List<SkillStanding.Evidence> bloom = new ArrayList<>(before.bloom());
        SkillStanding.Evidence level = bloom.get(answered.bloom());
        bloom.set(
                answered.bloom(),
                new SkillStanding.Evidence(level.answers() + 1, level.right() + (answered.correct() ? 1 : 0)));
        skills.put(id, new SkillStanding(next, bloom, before.tasks()));
    }
}
