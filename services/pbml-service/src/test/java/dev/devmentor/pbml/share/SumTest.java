package dev.devmentor.pbml.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.engine.owner.PatternShare;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.owner.OwnerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumTest {
    private static final SharedKey TEAM = SharedKey.ofTeam("red", "error-1");
    private static final SharedKey EVERYONE = SharedKey.ofEveryone("error-1");
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final long MICROS = AT.getEpochSecond() * 1_000_000;

    private static Evidence seen(int times) {
        Evidence evidence = Evidence.none();
        for (int i = 0; i < times; i++) {
            evidence = evidence.with(AT, true);
        }
        return evidence;
    }

    private static Contribution shown(SharedKey key, String title, int times) {
        return new Contribution(
                key,
                PatternKind.ERROR,
                title,
                seen(times),
                times,
                MICROS,
                MICROS,
                new Contribution.Detail(
                        List.of(new PatternView.Part("k-" + title.length(), title, times, MICROS, MICROS)),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static Contribution judged(SharedKey key, boolean helped) {
        return new Contribution(
                key,
                PatternKind.ERROR,
                "",
                Evidence.none().with(AT, helped, 80),
                0,
                MICROS,
                MICROS,
                Contribution.Detail.NONE);
    }

    private static Sum sum(SharedKey key, Contribution... contributions) {
        Sum sum = new Sum(key, PatternKind.ERROR);
        for (Contribution each : contributions) {
            sum.add(OwnerKind.PERSON, each);
        }
        return sum;
    }

    private static List<Contribution> random(Random random) {
        List<Contribution> all = new ArrayList<>();
        for (int owner = 0; owner < 12; owner++) {
            Evidence evidence = Evidence.none();
            int support = 0;
            long last = Long.MIN_VALUE;
            long first = Long.MAX_VALUE;
            for (int i = 0; i <= random.nextInt(20); i++) {
                Instant at = AT.plus(Duration.ofMinutes(random.nextInt(2_000_000)));
                boolean held = random.nextInt(4) > 0;
                evidence = evidence.with(at, held);
                support += held ? 1 : 0;
                last = Math.max(last, at.getEpochSecond() * 1_000_000);
                first = Math.min(first, at.getEpochSecond() * 1_000_000);
            }
            List<PatternView.Part> parts = new ArrayList<>();
            List<PatternShare.TeamFix> fixes = new ArrayList<>();
            for (int i = 0; i < random.nextInt(4); i++) {
                parts.add(new PatternView.Part(
                        "member-" + i, "title " + random.nextInt(3), 1 + random.nextInt(9), first, last));
                fixes.add(new PatternShare.TeamFix(
                        "src/" + i + ".java",
                        evidence,
                        1 + random.nextInt(3),
                        MICROS + random.nextInt(2),
                        random.nextBoolean() ? null : "c" + random.nextInt(3)));
            }
            all.add(new Contribution(
                    TEAM,
                    PatternKind.ERROR,
                    support == 0 ? "" : "title " + random.nextInt(3),
                    evidence,
                    support,
                    first,
                    last,
                    new Contribution.Detail(parts, fixes, List.of("s" + random.nextInt(2)), List.of())));
        }
        return all;
    }

    private static Sum grouped(List<Contribution> contributions, Random random) {
        List<Sum> groups = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            groups.add(new Sum(TEAM, PatternKind.ERROR));
        }
        for (Contribution each : contributions) {
            groups.get(random.nextInt(groups.size())).add(OwnerKind.PERSON, each);
        }
        Collections.shuffle(groups, random);
        Sum whole = groups.removeFirst();
        groups.forEach(whole::add);
        return whole;
    }

    @Test
    void isTheSameInAnyOrderAndGrouping() {
        for (int seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            List<Contribution> contributions = random(random);
            SharedPattern expected = grouped(contributions, new Random(0)).pattern(1);
            List<String> members = grouped(contributions, new Random(0)).members();
            assertThat(expected).isNotNull();
            for (int i = 0; i < 10; i++) {
                Collections.shuffle(contributions, random);
                Sum again = grouped(contributions, random);
                assertThat(again.pattern(1)).as("seed %d", seed).isEqualTo(expected);
                assertThat(again.members()).isEqualTo(members);
            }
        }
    }

    @Test
    void aTeamNeedsTwoPeopleOrARepositoryOfItsOwn() {
        assertThat(sum(TEAM, shown(TEAM, "a", 9)).pattern(1)).isNull();
        SharedPattern two = sum(TEAM, shown(TEAM, "a", 2), shown(TEAM, "a", 3)).pattern(1);
        assertThat(two).isNotNull();
        assertThat(two.people()).isEqualTo(2);
        assertThat(two.support()).isEqualTo(5);
        assertThat(two.state()).isEqualTo(LifeState.ACTIVE);
        Sum repository = new Sum(TEAM, PatternKind.ERROR);
        repository.add(OwnerKind.REPOSITORY, shown(TEAM, "a", 1));
        SharedPattern alone = repository.pattern(1);
        assertThat(alone).isNotNull();
        assertThat(alone.people()).isZero();
    }

    @Test
    void everyoneNeedsThreePeople() {
        assertThat(sum(EVERYONE, shown(EVERYONE, "a", 9), shown(EVERYONE, "a", 9))
                        .pattern(1))
                .isNull();
        assertThat(sum(EVERYONE, shown(EVERYONE, "a", 1), shown(EVERYONE, "a", 1), shown(EVERYONE, "a", 1))
                        .pattern(1))
                .isNotNull();
    }

    @Test
    void whoOnlyJudgesIsNoneOfThePeopleAndStillCounts() {
        assertThat(sum(TEAM, shown(TEAM, "a", 3), judged(TEAM, true)).pattern(1))
                .isNull();
        SharedPattern before =
                sum(TEAM, shown(TEAM, "a", 3), shown(TEAM, "a", 3)).pattern(1);
        SharedPattern after = sum(TEAM, shown(TEAM, "a", 3), shown(TEAM, "a", 3), judged(TEAM, false))
                .pattern(1);
        assertThat(before).isNotNull();
        assertThat(after).isNotNull();
        assertThat(after.people()).isEqualTo(2);
        assertThat(after.support()).isEqualTo(6);
        assertThat(after.lower()).isLessThan(before.lower() - 0.2);
    }

    @Test
    void aTextThatFewerThanThreePeopleShowedIsNotToldToEveryone() {
        SharedPattern pattern = sum(
                        EVERYONE,
                        shown(EVERYONE, "Missing: Alice", 1),
                        shown(EVERYONE, "Missing: Robert", 1),
                        shown(EVERYONE, "Missing: Oz", 1))
                .pattern(1);
        assertThat(pattern).isNotNull();
        assertThat(pattern.title()).isEqualTo("Missing");
        assertThat(pattern.detail()).isEqualTo("{\"generated\":\"Missing\",\"parts\":[]}");

        SharedPattern nothingInCommon = sum(
                        EVERYONE, shown(EVERYONE, "Alice", 1), shown(EVERYONE, "Robert", 1), shown(EVERYONE, "Oz", 1))
                .pattern(1);
        assertThat(nothingInCommon).isNotNull();
        assertThat(nothingInCommon.title()).isEqualTo("a pattern of kind error");
    }

    @Test
    void itsTitleIsTheOneThatMostPeopleShowed() {
        SharedPattern pattern = sum(TEAM, shown(TEAM, "a", 9), shown(TEAM, "b", 1), shown(TEAM, "b", 1))
                .pattern(1);
        assertThat(pattern).isNotNull();
        assertThat(pattern.title()).isEqualTo("b");
    }

    @Test
    void theStateFollowsFromTheEvidenceAlone() {
        assertThat(Sum.settled(seen(2), AT)).isEqualTo(LifeState.CANDIDATE);
        assertThat(Sum.settled(seen(4), AT)).isEqualTo(LifeState.ACTIVE);
        Evidence against = Evidence.none();
        for (int i = 0; i < 20; i++) {
            against = against.with(AT, false);
        }
        assertThat(Sum.settled(against, AT)).isEqualTo(LifeState.RETIRED);
    }
}
