package dev.devmentor.gateway.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagTest {
    private static final String TARGETED = """
            {"flags": {"f": {"state": "ENABLED", "variants": {"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"},
              "defaultVariant": "e", "targeting": [
                {"variant": "a", "ids": ["ada", "bob"]},
                {"variant": "b", "roles": ["operator", "service"]},
                {"variant": "c", "tiers": ["premium"], "teams": ["core"]},
                {"variant": "d", "tiers": ["premium"], "percentage": 100}]}}}""";

    @ParameterizedTest
    @CsvSource({
        "ada,   learner,  free,      ,     A, RULE",
        "ada,   operator, premium,   core, A, RULE",
        "carl,  operator, free,      ,     B, RULE",
        "carl,  learner,  premium,   core, C, RULE",
        "carl,  learner,  premium,   shop, D, SPLIT",
        "carl,  learner,  free,      core, E, DEFAULT",
        ",      ,         anonymous, ,     E, DEFAULT",
        ",      ,         premium,   ,     E, DEFAULT",
    })
    void theFirstRuleThatMatchesCounts(String id, String role, String tier, String team, String value, Flag.Why why)
            throws BadFlags {
        Subject subject = new Subject(
                id, role == null ? List.of() : List.of(role), tier, team == null ? List.of() : List.of(team));
        Flag.Choice choice = flag(TARGETED).choose(subject);
        assertThat(choice.value()).isEqualTo(value);
        assertThat(choice.why()).isEqualTo(why);
    }

    @Test
    void whatIsDisabledIsTheDefaultForEverybody() throws BadFlags {
        Flag.Choice choice = flag(TARGETED.replace("ENABLED", "DISABLED")).choose(person("ada"));
        assertThat(choice).isEqualTo(new Flag.Choice("e", "E", Flag.Why.DISABLED));
    }

    @Test
    void aPercentageIsAlwaysOfTheSamePeopleAndRaisingItOnlyAdds() throws BadFlags {
        Flag ten = split(10);
        Flag thirty = split(30);
        List<String> people = IntStream.range(0, 10_000).mapToObj(i -> "p-" + i).toList();
        List<String> inTen = people.stream().filter(id -> on(ten, id)).toList();
        List<String> inThirty = people.stream().filter(id -> on(thirty, id)).toList();
        assertThat(inTen).hasSize(976);
        assertThat(inThirty).hasSize(2982).containsAll(inTen);
        assertThat(people).noneMatch(id -> {
            try {
                return on(split(0), id);
            } catch (BadFlags e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Kept for ever: another hash would move everybody. */
    @Test
    void theBucketOfAnIdNeverChanges() {
        assertThat(Rule.bucket("new-ui-enabled", "ada")).isEqualTo(3_270);
        assertThat(Rule.bucket("ai-safety-pii", "ada")).isEqualTo(4263);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|'flags' is missing or no object",
                "{\"flags\": {}} x|it is no JSON, at line 1",
                "{\"flags\": {\"F G\": {}}}|a flag's name is up to 100 of a-z, 0-9, '.', '_' and '-'",
                "{\"flags\": {\"f\": {\"variants\": {\"on\": true}}}}|flag f: 'defaultVariant' is not one of its variants",
                "{\"flags\": {\"f\": {\"variants\": {\"on\": true, \"off\": 0}, \"defaultVariant\": \"on\"}}}|flag f: its variants are of different types",
                "{\"flags\": {\"f\": {\"variants\": {\"on\": []}, \"defaultVariant\": \"on\"}}}|flag f: a variant is a boolean, a text or a number",
                "{\"flags\": {\"f\": {\"variants\": {\"on\": true}, \"defaultVariant\": \"on\", \"state\": \"enabled\"}}}|flag f: 'state' is ENABLED or DISABLED",
                "{\"flags\": {\"f\": {\"variants\": {\"on\": true}, \"defaultVariant\": \"on\", \"targeting\": [{\"variant\": \"on\", \"role\": [\"x\"]}]}}}|flag f: targeting: a field that is not known; there are ids, percentage, roles, teams, tiers, variant",
                "{\"flags\": {\"f\": {\"variants\": {\"on\": true}, \"defaultVariant\": \"on\", \"targeting\": [{\"variant\": \"on\", \"ids\": []}]}}}|flag f: 'ids' is a list of texts, and not empty",
                "{\"flags\": {\"f\": {\"variants\": {\"on\": true}, \"defaultVariant\": \"on\", \"targeting\": [{\"variant\": \"on\"}]}}}|flag f: a rule without a condition; that is what defaultVariant is for",
                "{\"flags\": {\"f\": {\"variants\": {\"on\": true}, \"defaultVariant\": \"on\", \"targeting\": [{\"variant\": \"on\", \"percentage\": 101}]}}}|flag f: 'percentage' is a number from 0 to 100",
            })
    void whatIsNotValidIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> FlagParser.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadFlags.class)
                .hasMessage(message);
    }

    private static Flag split(int percentage) throws BadFlags {
        return flag("""
                {"flags": {"f": {"variants": {"on": true, "off": false}, "defaultVariant": "off",
                  "targeting": [{"variant": "on", "percentage": %d}]}}}""".formatted(percentage));
    }

    private static boolean on(Flag flag, String id) {
        return flag.choose(person(id)).value().equals(true);
    }

    private static Subject person(String id) {
        return new Subject(id, List.of("learner"), "free", List.of());
    }

    private static Flag flag(String json) throws BadFlags {
        Map<String, Flag> flags = FlagParser.parse(json.getBytes(StandardCharsets.UTF_8));
        return Objects.requireNonNull(flags.get("f"));
    }
}
