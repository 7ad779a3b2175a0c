package dev.devmentor.learning.quiz;

import dev.devmentor.events.Bloom;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.learning.LearningConfig;
import dev.devmentor.learning.bank.Area;
import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.QuestionType;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.choice.ChooseQuestions;
import dev.devmentor.learning.choice.MissingItems;
import dev.devmentor.learning.choice.Pacing;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.load.CognitiveLoad;
import dev.devmentor.learning.engine.load.Session;
import dev.devmentor.learning.hint.ActingHints;
import dev.devmentor.learning.hint.HintNote;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.person.LoadView;
import dev.devmentor.learning.person.People;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts a quiz together and keeps it. */
@ApplicationScoped
public class GenerateQuiz {
    static final int LARGEST = 50;

    private static final int USUAL = 10;
    private static final int LONGEST_MINUTES = 120;
    private static final int LONGEST_TEXT_BYTES = 64 * 1024;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_NAME = 128;
    private static final int MOST_NAMES = 100;
    private static final int MOST_SKILLS_OF_AN_ANSWER = 32;
    private static final double SECONDS_PER_MINUTE = 60;

    private final Transactions transactions;
    private final Learners learners;
    private final QuizTable quizzes;
    private final OwnQuestionTable ownQuestions;
    private final People people;
    private final QuestionChoice choice;
    private final HintedQuiz hintedQuiz;
    private final QuestionsFromText fromText;
    private final NamedQuizzes named;
    private final ShippedBank bank;
    private final Pace pace;
    private final LearningConfig.Quiz config;
    private final Clock clock;

    GenerateQuiz(
            Transactions transactions,
            Learners learners,
            QuizTable quizzes,
            OwnQuestionTable ownQuestions,
            People people,
            QuestionChoice choice,
            HintedQuiz hintedQuiz,
            QuestionsFromText fromText,
            NamedQuizzes named,
            ShippedBank bank,
            Pace pace,
            LearningConfig config,
            Clock clock) {
        this.transactions = transactions;
        this.learners = learners;
        this.quizzes = quizzes;
        this.ownQuestions = ownQuestions;
        this.people = people;
        this.choice = choice;
        this.hintedQuiz = hintedQuiz;
        this.fromText = fromText;
        this.named = named;
        this.bank = bank;
        this.pace = pace;
        this.config = config.quiz();
        this.clock = clock;
    }

    /** A request that was looked through. */
    private record Wanted(
            @Nullable Set<String> skills,
            int size,
            @Nullable Integer minutes,
            @Nullable String strategy,
            @Nullable String text,
            String title,
            Set<Bloom> bloom,
            Set<QuestionType> types,
            boolean filtered) {}

    /**
     * Puts a quiz together and keeps it.
     *
     * @param sub the learner
     * @throws ProblemException if the request is not valid, if nothing fits it, or if the learner was erased
     */
    public QuizView generate(String sub, GenerateRequest request) throws SQLException {
        Wanted wanted = wanted(request);
        // Before anything is locked: making questions of a long text takes a moment.
        QuestionsFromText.Made made = wanted.text() == null ? null : fromText(wanted, wanted.text());
        // Before the transaction: folding what is new takes one of its own.
        Session session = people.current(sub).session();
        Generated generated =
                transactions.runRetrying(work -> generate(work.connection(), sub, request, wanted, made, session));
        long now = generated.quiz().createdMicros();
        return QuizView.of(generated.quiz(), now)
                .with(LoadView.of(session, now), generated.missing(), generated.hints());
    }

    private record Generated(Quiz quiz, List<MissingItems> missing, List<HintNote> hints) {}

    private Generated generate(
            Connection connection,
            String sub,
            GenerateRequest request,
            Wanted wanted,
            QuestionsFromText.@Nullable Made made,
            Session session)
            throws SQLException {
        Learner learner = learners.lock(connection, List.of(sub)).get(sub);
        if (learner == null) {
            throw ProblemException.notFound("this learner was erased");
        }
        long now = Micros.of(clock.instant());
        quizzes.deleteUnanswered(connection, learner.id(), now);
        UUID id = UUID.randomUUID();
        long seed = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
        List<AskedQuestion> questions = new ArrayList<>();
        QuestionChoice.Selection selection = new QuestionChoice.Selection(List.of(), List.of());
        ActingHints acting = made == null ? hintedQuiz.acting(connection, learner, now) : ActingHints.NONE;
        List<HintNote> hints = new ArrayList<>();
        if (made != null) {
            for (Question question : made.questions()) {
                questions.add(AskedQuestion.of(question.id(), question, seed, null, "made of your text"));
            }
        } else {
            Pacing pacing = Pacing.of(learner.preferences().targetSuccess(), CognitiveLoad.at(session, now));
            HintNote hour = acting.outsideGoodHours(now, learner.settings().zone());
            if (hour != null) {
                pacing = pacing.outsideGoodHours();
                hints.add(hour);
            }
            questions.addAll(ownDue(connection, learner, wanted, seed, now));
            selection = ofTheBank(connection, learner, wanted, pacing, questions.size(), seed, now);
            selection
                    .chosen()
                    .forEach(chosen -> questions.add(AskedQuestion.of(
                            ShippedBank.ITEM + chosen.question().id(),
                            chosen.question(),
                            seed,
                            chosen.strategy(),
                            chosen.reason())));
            if (questions.isEmpty() && wanted.strategy() == null) {
                throw ProblemException.invalid("nothing is left to ask: all that fits is suspended");
            }
        }
        int found = questions.size();
        // Who says how much is wanted gets it, however long a sitting stays good.
        boolean proposed = request.size() == null && wanted.minutes() == null;
        double seconds = wanted.minutes() != null
                ? wanted.minutes() * SECONDS_PER_MINUTE
                : proposed ? acting.rhythm().secondsLeft(session, now) : Double.POSITIVE_INFINITY;
        double usual = Double.isInfinite(seconds) ? Pace.UNKNOWN : pace.of(connection, learner.id());
        List<AskedQuestion> inTime = fitting(questions, seconds, usual);
        if (proposed && inTime.size() < found) {
            hints.add(acting.endOfSitting(session, now, "this quiz"));
        }
        // By one strategy alone nothing comes in that it did not choose.
        List<Question> pool = made == null && wanted.strategy() == null ? pool(wanted) : List.of();
        HintedQuiz.Bounds bounds = new HintedQuiz.Bounds(wanted.size(), seconds, usual);
        List<AskedQuestion> kept = hintedQuiz.arrange(connection, learner, acting, inTime, pool, bounds, now, seed);
        Quiz quiz = new Quiz(
                id,
                wanted.title(),
                made == null ? "bank" : "text",
                seed,
                now,
                now + config.open().toMillis() * 1000,
                kept,
                Map.of(),
                note(wanted, made, request, found, inTime.size()));
        quizzes.insert(connection, learner.id(), quiz);
        return new Generated(quiz, missing(selection, kept, inTime.size() == found), hints);
    }

    /** What was missing for the questions that are asked; and for more, if it isn't time that ended the choice. */
    private static List<MissingItems> missing(
            QuestionChoice.Selection selection, List<AskedQuestion> kept, boolean all) {
        Set<String> asked = kept.stream().map(AskedQuestion::item).collect(Collectors.toSet());
        Stream<MissingItems> ofAsked = selection.chosen().stream()
                .filter(chosen ->
                        asked.contains(ShippedBank.ITEM + chosen.question().id()))
                .map(QuestionChoice.Chosen::missing)
                .filter(Objects::nonNull);
        return MissingItems.most(all ? Stream.concat(ofAsked, selection.exhausted().stream()) : ofAsked);
    }

    private static @Nullable String note(
            Wanted wanted, QuestionsFromText.@Nullable Made made, GenerateRequest request, int found, int kept) {
        if (made != null) {
            return made.shortage() != null && (request.size() != null || found < USUAL) ? made.shortage() : null;
        }
        if (wanted.strategy() != null) {
            return kept < found
                    ? null
                    : ChooseQuestions.shortage(Strategy.ofWireName(wanted.strategy()), found, wanted.size());
        }
        return request.size() != null && found < wanted.size()
                ? "The bank has " + found + " questions that fit; " + wanted.size() + " were wanted."
                : null;
    }

    private QuestionsFromText.Made fromText(Wanted wanted, String text) {
        QuestionsFromText.Made made = fromText.make(
                text,
                wanted.title(),
                wanted.skills() == null ? List.of() : List.copyOf(wanted.skills()),
                wanted.size(),
                wanted.types().isEmpty() ? fromText.types() : wanted.types());
        if (made.questions().isEmpty()) {
            throw ProblemException.invalid("the text gives no question. "
                    + Objects.requireNonNullElse(made.shortage(), "It says nothing that can be asked for."));
        }
        return made;
    }

    private List<AskedQuestion> ownDue(Connection connection, Learner learner, Wanted wanted, long seed, long now)
            throws SQLException {
        List<AskedQuestion> questions = new ArrayList<>();
        boolean dueOnes = wanted.strategy() == null || wanted.strategy().equals(DueThenFresh.DUE_REVIEW);
        if (!wanted.filtered() && dueOnes) {
            ownQuestions
                    .due(connection, learner.id(), now, wanted.size())
                    .forEach((item, question) -> questions.add(AskedQuestion.of(
                            item,
                            question,
                            seed,
                            DueThenFresh.DUE_REVIEW,
                            "it is due for review, from a text of yours")));
        }
        return questions;
    }

    private QuestionChoice.Selection ofTheBank(
            Connection connection, Learner learner, Wanted wanted, Pacing pacing, int before, long seed, long now)
            throws SQLException {
        List<Question> pool = pool(wanted);
        if (pool.isEmpty() && before == 0) {
            throw ProblemException.invalid("no question of the bank has such skills, levels and types");
        }
        int left = wanted.size() - before;
        return left <= 0
                ? new QuestionChoice.Selection(List.of(), List.of())
                : choice.choose(
                        connection,
                        learner,
                        pool,
                        new QuestionChoice.Wanted(left, wanted.strategy(), now, pacing, seed));
    }

    private List<Question> pool(Wanted wanted) {
        Set<String> skills = wanted.skills();
        return bank.get().questions().stream()
                .filter(question -> skills == null || question.skills().stream().anyMatch(skills::contains))
                .filter(question -> wanted.bloom().isEmpty() || wanted.bloom().contains(question.bloom()))
                .filter(question -> wanted.types().isEmpty() || wanted.types().contains(question.type()))
                .toList();
    }

    /** Those that can be answered in a time, at least one if there is one. */
    static List<AskedQuestion> fitting(List<AskedQuestion> questions, double seconds, double pace) {
        List<AskedQuestion> fitting = new ArrayList<>();
        double left = seconds;
        for (AskedQuestion asked : questions) {
            double takes = asked.question().seconds() * pace;
            if (takes <= left) {
                fitting.add(asked);
                left -= takes;
            }
        }
        return fitting.isEmpty() && !questions.isEmpty() ? questions.subList(0, 1) : fitting;
    }

    private Wanted wanted(GenerateRequest request) {
        if (request.size() != null && (request.size() < 1 || request.size() > LARGEST)) {
            throw ProblemException.invalid("'size' is a number from 1 to 50");
        }
        if (request.minutes() != null && (request.minutes() < 1 || request.minutes() > LONGEST_MINUTES)) {
            throw ProblemException.invalid("'minutes' is a number from 1 to 120");
        }
        String strategy = request.strategy();
        if (strategy != null && !choice.strategies().contains(strategy)) {
            throw ProblemException.invalid("'strategy' is one of "
                    + String.join(", ", choice.strategies().stream().sorted().toList()));
        }
        String title = request.title();
        if (title != null
                && (title.isBlank()
                        || title.length() > LONGEST_TITLE
                        || title.chars().anyMatch(Character::isISOControl))) {
            throw ProblemException.invalid("'title' has 1 to 200 characters, on one line");
        }
        boolean both =
                request.text() != null && (strategy != null || request.bloom() != null || request.quiz() != null);
        if (both || (request.quiz() != null && request.skills() != null)) {
            throw ProblemException.invalid(
                    "'text' goes with none of 'strategy', 'bloom' and 'quiz', and 'quiz' not with 'skills'");
        }
        Set<Bloom> bloom = bloom(names(request.bloom(), "bloom"));
        Set<QuestionType> types = types(names(request.types(), "types"), request.text() != null);
        NamedQuizzes.Named ready = request.quiz() == null
                ? null
                : named.find(request.quiz())
                        .orElseThrow(() -> ProblemException.invalid("there is no ready-made quiz of that id"));
        List<String> given = names(request.skills(), "skills");
        Set<String> skills = null;
        if (ready != null) {
            skills = new LinkedHashSet<>(named.skills(ready));
        } else if (!given.isEmpty()) {
            skills = request.text() == null ? ofTheBank(given) : ofAText(given);
        }
        String text = request.text();
        if (text != null) {
            checkText(text);
        }
        return new Wanted(
                skills,
                size(request, ready),
                request.minutes(),
                strategy,
                text,
                title != null ? title : ready != null ? ready.title() : title(text, given),
                bloom,
                types,
                skills != null || !bloom.isEmpty() || !types.isEmpty());
    }

    private static int size(GenerateRequest request, NamedQuizzes.@Nullable Named ready) {
        if (request.size() != null) {
            return request.size();
        }
        if (request.minutes() != null) {
            return LARGEST;
        }
        return ready == null ? USUAL : ready.size();
    }

    private String title(@Nullable String text, List<String> given) {
        if (text != null) {
            return "A text of yours";
        }
        QuestionBank shipped = bank.get();
        if (given.isEmpty() || given.size() > 3) {
            return "Quiz";
        }
        return String.join(
                ", ",
                given.stream()
                        .map(name -> {
                            Skill skill = shipped.skill(name);
                            return skill != null
                                    ? skill.name()
                                    : shipped.areas().stream()
                                            .filter(area -> area.id().equals(name))
                                            .map(Area::title)
                                            .findFirst()
                                            .orElse(name);
                        })
                        .toList());
    }

    private static void checkText(String text) {
        if (text.isBlank()) {
            throw ProblemException.invalid("'text' is empty");
        }
        if (text.length() > LONGEST_TEXT_BYTES || text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT_BYTES) {
            throw ProblemException.tooLarge("'text' has at most 64 KiB");
        }
    }

    private static List<String> names(@Nullable List<@Nullable String> given, String what) {
        if (given == null) {
            return List.of();
        }
        if (given.size() > MOST_NAMES) {
            throw ProblemException.invalid("'" + what + "' has at most 100 entries");
        }
        List<String> names = new ArrayList<>();
        for (String name : given) {
            if (name == null || name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf(0) >= 0) {
                throw ProblemException.invalid("'" + what + "' holds texts of 1 to 128 characters");
            }
            names.add(name);
        }
        return names;
    }

    /** Skills that are named, and all of an area that is. */
    private Set<String> ofTheBank(List<String> names) {
        QuestionBank shipped = bank.get();
        Set<String> skills = new LinkedHashSet<>();
        for (String name : names) {
            if (shipped.skill(name) != null) {
                skills.add(name);
                continue;
            }
            List<Area> areas = shipped.areas().stream()
                    .filter(area -> area.id().equals(name))
                    .toList();
            if (areas.isEmpty()) {
                throw ProblemException.invalid("the bank has no skill and no area '" + name + "'");
            }
            areas.getFirst().skills().forEach(skill -> skills.add(skill.id()));
        }
        return skills;
    }

    private static Set<String> ofAText(List<String> names) {
        Set<String> skills = new LinkedHashSet<>(names);
        if (skills.size() > MOST_SKILLS_OF_AN_ANSWER) {
            throw ProblemException.invalid("the questions of a text count for at most 32 skills");
        }
        return skills;
    }

    private static Set<Bloom> bloom(List<String> names) {
        Set<Bloom> levels = EnumSet.noneOf(Bloom.class);
        for (String name : names) {
            Bloom found = null;
            for (Bloom level : Bloom.values()) {
                found = level.wire().equals(name) ? level : found;
            }
            if (found == null) {
                throw ProblemException.invalid(
                        "'bloom' holds remember, understand, apply, analyze, evaluate or create");
            }
            levels.add(found);
        }
        return levels;
    }

    private Set<QuestionType> types(List<String> names, boolean ofText) {
        Set<QuestionType> allowed = ofText ? fromText.types() : EnumSet.allOf(QuestionType.class);
        Set<QuestionType> types = EnumSet.noneOf(QuestionType.class);
        for (String name : names) {
            QuestionType found = null;
            for (QuestionType type : allowed) {
                found = type.wire().equals(name) ? type : found;
            }
            if (found == null) {
                throw ProblemException.invalid("'types' holds "
                        + String.join(
                                        ", ",
                                        allowed.stream()
                                                .map(QuestionType::wire)
                                                .sorted()
                                                .toList())
                                .toLowerCase(Locale.ROOT));
            }
            types.add(found);
        }
        return types;
    }
}
