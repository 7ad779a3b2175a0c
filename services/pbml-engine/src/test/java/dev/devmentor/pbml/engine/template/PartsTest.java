package dev.devmentor.pbml.engine.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    took 12 tries                           | took <NUMBER> tries
                    at -17.5 degrees                        | at <NUMBER> degrees
                    flags 0x1f set                          | flags <HEX> set
                    commit 9f4ef63 pushed                   | commit <HEX> pushed
                    vm 0673dd71-34c5-4fbb-86c4-40623fbe45b4 | vm <UUID>
                    from 10.0.0.1:8080 on                   | from <ADDRESS>:<NUMBER> on
                    from /10.0.0.1:8080 on                  | from <ADDRESS>:<NUMBER> on
                    lease of 00:11:43:e3:ba:c3 ends         | lease of <ADDRESS> ends
                    host db-1.example.com up                | host <ADDRESS> up
                    wrote /var/log/app.log now              | wrote <PATH> now
                    wrote C:\\Users\\me\\a.txt now          | wrote <PATH> now
                    got https://example.com/a?b=1 back      | got https://<URL> back
                    waited 65020ms in all                   | waited <DURATION> in all
                    waited <1 sec in all                    | waited <DURATION> in all
                    used 126MB of it                        | used <SIZE> of it
                    at 12:30:01.5 sharp                     | at <TIME> sharp
                    on 2026-11-29 12:30:01,123 then         | on <TIME> then
                    on 2026-11-29T12:30:01Z then            | on <TIME> then
                    mail to jane.doe@example.org sent       | mail to <EMAIL> sent
                    block blk_-384 is lost                  | block <ID> is lost
                    pod web-5d4f6c7d8b-x2x9k is up          | pod <ID> is up
                    version v1.2.3 of it                    | version <VERSION> of it
                    version 1.2.3-4 of it                   | version <VERSION> of it
                    valid=false, then                       | valid=<BOOLEAN>, then
                    login for user jane ok                  | login for user <USER> ok
                    login for jane from 10.0.0.1 ok         | login for <USER> from <ADDRESS> ok
                    peer () is gone                         | peer (<EMPTY>) is gone
                    tag="two words" is set                  | tag="<TEXT>" is set
                    class=com.acme.Shop is loaded           | class=<TEXT> is loaded
                    "GET /a/17 HTTP/1.1" 200                | "GET <PATH>" <NUMBER>
                    node-129 joined                         | node-<NUMBER> joined
                    msg="link 4 is down" port=80            | msg="link <NUMBER> is down" port=<NUMBER>
                    on akka.tcp://db-1:9000 now             | on akka.tcp://<URL>:<NUMBER> now
                    Switch<0>(0x0) is off                   | <ID>(<HEX>) is off
                    size 5.2 KB free                        | size <NUMBER> KB free
                    headroom=<memory:10, cores:-17> left    | headroom=<memory:<NUMBER>, cores:<NUMBER> left
                    """)
    void areToldByTheirLooks(String line, String typed) {
        TemplateMiner miner = new TemplateMiner();
        miner.add(line);
        assertThat(miner.templates())
                .singleElement()
                .extracting(Template::typed)
                .isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Input/output error
                    check pass; user unknown
                    jk2_init() done...
                    mount of tree/torus FAILED
                    at com.acme.Shop
                    ****
                    Ünïcode ist kein Fehler
                    """)
    void wordsAreConstant(String line) {
        TemplateMiner miner = new TemplateMiner();
        miner.add(line);
        assertThat(miner.templates()).singleElement().extracting(Template::text).isEqualTo(line);
    }

    @Test
    void aMatchGivesTheValuesAsTheyStandInTheLine() {
        TemplateMiner miner = new TemplateMiner();
        Match match = miner.add("took 12ms for  /a/b by 10.0.0.1");
        assertThat(match.first()).isTrue();
        assertThat(match.parts()).isEqualTo(3);
        assertThat(match.value(0)).isEqualTo("12ms");
        assertThat(match.type(0)).isEqualTo(PartType.DURATION);
        assertThat(match.value(1)).isEqualTo("/a/b");
        assertThat(match.type(1)).isEqualTo(PartType.PATH);
        assertThat(match.value(2)).isEqualTo("10.0.0.1");
        assertThat(match.type(2)).isEqualTo(PartType.ADDRESS);
    }
}
