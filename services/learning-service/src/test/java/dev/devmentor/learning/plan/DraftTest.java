package dev.devmentor.learning.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.engine.plan.EasyDays;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PlannedCards NONE =
            PlannedCards.none(Instant.parse("2026-03-10T12:00:00Z").toEpochMilli() * 1_000);
    private static final Draft.Wishes WISHES = new Draft.Wishes(36_500, EasyDays.NONE);

    private static Draft draft(String json) {
        try {
            return Draft.of(JSON.readValue(json, PlanRequest.class));
        } catch (JsonProcessingException broken) {
            throw new AssertionError(json, broken);
        }
    }

    private static String parameters(String json) {
        try {
            return JSON.writeValueAsString(draft(json).parameters());
        } catch (JsonProcessingException broken) {
            throw new AssertionError(json, broken);
        }
    }

    @Test
    void whatIsAbsentIsFilledInAndShown() {
        assertThat(parameters("{'kind':'vacation','from':'2026-08-03','to':'2026-08-14'}".replace('\'', '"')))
                .isEqualTo(
                        "{\"from\":\"2026-08-03\",\"to\":\"2026-08-14\",\"perDay\":200,\"daysBefore\":7,\"daysAfter\":7}");
        assertThat(parameters("{'kind':'backlog','rate':20}".replace('\'', '"')))
                .isEqualTo("{\"rate\":20,\"perDay\":1000000,\"order\":\"due-date\",\"seed\":0}");
        assertThat(parameters("{'kind':'exam','date':'2026-09-01','skills':['b','a','b']}".replace('\'', '"')))
                .isEqualTo(
                        "{\"date\":\"2026-09-01\",\"skills\":[\"a\",\"b\"],\"targetRecall\":0.9,\"lastDays\":7,\"perDay\":200}");
        assertThat(parameters("{'kind':'balance'}".replace('\'', '"'))).isEqualTo("{\"horizonDays\":30}");
        assertThat(parameters("{'kind':'postpone','count':5,'easyDays':{'dates':{'2026-12-24':0}}}".replace('\'', '"')))
                .isEqualTo(
                        "{\"count\":5,\"easyDays\":{\"weekdays\":[1.0,1.0,1.0,1.0,1.0,1.0,1.0],\"dates\":{\"2026-12-24\":0.0}}}");
    }

    @Test
    void everyKindHasAPlanForSomebodyWithoutCards() {
        for (String json : List.of(
                "{'kind':'postpone','count':5}",
                "{'kind':'advance','count':5}",
                "{'kind':'vacation','from':'2026-08-03','to':'2026-08-14'}",
                "{'kind':'backlog','rate':20}",
                "{'kind':'exam','date':'2026-09-01','skills':['sql']}",
                "{'kind':'balance'}")) {
            Draft.Drawn drawn = draft(json.replace('\'', '"')).drawing().draw(NONE, WISHES);
            assertThat(drawn.plan().moves()).isEmpty();
            assertThat(drawn.figures().values()).allMatch(number -> Double.isFinite(number.doubleValue()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                         | 'kind' is one of postpone, advance, vacation, backlog, exam, balance
            {"kind":"holiday"}                                         | 'kind' is one of postpone, advance, vacation, backlog, exam, balance
            {"kind":"postpone"}                                        | 'count' is missing
            {"kind":"postpone","count":0}                              | 'count' is a number from 1 to 10000
            {"kind":"advance","count":10001}                           | 'count' is a number from 1 to 10000
            {"kind":"advance","count":3,"rate":2}                      | 'rate' is not a parameter of advance
            {"kind":"advance","count":3,"easyDays":{}}                 | 'easyDays' is not a parameter of advance
            {"kind":"vacation","from":"2026-08-03"}                    | 'to' is missing
            {"kind":"vacation","from":"2026-08-03","to":"soon"}        | 'to' is a date such as 2026-08-03, in the years 1970 to 2200
            {"kind":"vacation","from":"2026-08-03","to":"2026-08-02"}  | a vacation goes from a day to a later one, 180 days later at most
            {"kind":"vacation","from":"2026-01-01","to":"2026-12-31"}  | a vacation goes from a day to a later one, 180 days later at most
            {"kind":"backlog","rate":5,"order":"by-mood"}              | an order is one of due-date, recall-ascending, recall-descending, relative-overdueness, difficulty-ascending, difficulty-descending, skill-weakness, random
            {"kind":"exam","date":"2026-08-03"}                        | 'skills' has 1 to 100 entries
            {"kind":"exam","date":"2026-08-03","skills":[null]}        | a skill has 1 to 128 characters
            {"kind":"exam","date":"2026-08-03","skills":["a"],"targetRecall":1} | 'targetRecall' is 0.5 to 0.99
            {"kind":"balance","horizonDays":1}                         | 'horizonDays' is a number from 2 to 365
            {"kind":"balance","easyDays":{"weekdays":[1]}}             | 'easyDays': a week has seven days, not 1
            {"kind":"balance","easyDays":{"dates":{"2026-08-03":2}}}   | a weight in 'easyDays' is a number from 0 to 1
            {"kind":"balance","easyDays":{"dates":{"2026-8-3":1}}}     | 'easyDays' is a date such as 2026-08-03, in the years 1970 to 2200
            """)
    void saysWhatIsWrong(String json, String detail) {
        assertThatThrownBy(() -> draft(json))
                .isInstanceOf(ProblemException.class)
                .hasMessage(detail);
    }

    @Test
    void whatLiesBehindIsNoPlan() {
        assertThatThrownBy(() -> draft("{\"kind\":\"vacation\",\"from\":\"2026-03-01\",\"to\":\"2026-03-09\"}")
                        .drawing()
                        .draw(NONE, WISHES))
                .hasMessage("the vacation is over");
        assertThatThrownBy(() -> draft("{\"kind\":\"exam\",\"date\":\"2026-03-10\",\"skills\":[\"sql\"]}")
                        .drawing()
                        .draw(NONE, WISHES))
                .hasMessage("the exam is not ahead");
    }
}
