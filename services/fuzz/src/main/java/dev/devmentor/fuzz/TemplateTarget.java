package dev.devmentor.fuzz;

import static dev.devmentor.fuzz.Cost.promise;

import dev.devmentor.pbml.engine.template.Limits;
import dev.devmentor.pbml.engine.template.Match;
import dev.devmentor.pbml.engine.template.Template;
import dev.devmentor.pbml.engine.template.TemplateMiner;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A log for the template miner: one byte that chooses the limits, then lines. */
final class TemplateTarget implements Target {

    /** The search for each part would be the slowest of all in longer lines. */
    private static final int SEARCHED = 1_024;

    /** The time is promised for a line; a log of thousands takes as long as it has new templates. */
    private static final int LINES = 2_000;

    private static final Limits[] LIMITS = {
        new Limits(16, 2, 64, 4_096, 1 << 16),
        new Limits(500, 100, 8, 256, 1 << 20),
        new Limits(500, 100, 192, 4_096, 4 << 20),
        new Limits(100, 100, 4_096, 1 << 16, 64 << 20)
    };

    @Override
    public String name() {
        return "templates";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Texts.seed(0, """
                        Jun 17 07:07:00 2005 combo sshd(pam_unix)[1]: check pass; user unknown
                        request 17 took 5ms
                        request 18 took 6ms
                        user alice logged in
                        user bob logged in
                        deleting blk_1 blk_2 blk_-3
                        deleting blk_4
                        """),
                Texts.seed(1, """
                        volume root_disk full
                        volume home_disk full
                        volume tmp_disk full
                        free 5.2 KB, used 17.1 KB
                        free 1.3 MB, used 2.2 KB
                        """),
                Texts.seed(2, """
                        2026-11-29T04:17:25.123Z WARN a.b.C: GET http://h.example.org:8080/a/b?c=d HTTP/1.1 from 10.0.0.1:80
                        ask 10.0.0.1:80, 10.0.0.2:80 to delete 550e8400-e29b-41d4-a716-446655440000 () []
                        msg="link is down" name="a b" v1.2.3-4 0xdeadbeef 1e-5 -7ms a@b.com C:\\x\\y /var/lib
                        for user root from 10.0.0.1 at fe80:0:0:0:1:2:3:4 00:11:22:33:44:55 org.a.B@1f2e3d
                        """),
                Texts.seed(3, "a ".repeat(300) + "aa:".repeat(60) + "1.1.1.1/8 <1 sec null TRUE é"));
    }

    @Override
    public void accept(byte[] input) {
        if (input.length == 0) {
            return;
        }
        // One in sixteen has the widest limits: arrays of that size take longer than most lines.
        int chosen = input[0] & 15;
        Limits limits = LIMITS[chosen == 3 ? 3 : chosen % 3];
        List<String> all = Texts.lines(Texts.of(input, 1));
        List<String> lines = all.subList(0, Math.min(all.size(), LINES));
        Cost.withinTime(input.length, () -> keepsItsPromises(limits, lines), () -> {
            TemplateMiner miner = new TemplateMiner(limits);
            lines.forEach(miner::add);
        });
    }

    private static void keepsItsPromises(Limits limits, List<String> lines) {
        TemplateMiner miner = new TemplateMiner(limits);
        for (String line : lines) {
            Match added = miner.add(line);
            int behind = 0;
            int characters = 0;
            for (int i = 0; i < added.parts(); i++) {
                String value = added.value(i);
                characters += value.length();
                promise(added.type(i) != null, "a part has a type");
                if (line.length() <= SEARCHED) {
                    int at = line.indexOf(value, behind);
                    promise(at >= 0, "parts stand in the order of the line");
                    behind = at + value.length();
                }
            }
            promise(characters <= line.length(), "parts don't overlap");
            Optional<Template> template = miner.template(added.template());
            promise(template.isPresent(), "what was learnt is known");
            promise(template.get().id() == added.template(), "a line's template is the present one");
            Optional<Match> matched = miner.match(line);
            promise(matched.isPresent(), "what was learnt matches");
            promise(matched.get().template() == added.template(), "a line matches the template that it was learnt as");
            promise(miner.size() <= limits.templates(), "no more templates than allowed");
        }
        byte[] snapshot = miner.snapshot();
        TemplateMiner restored = TemplateMiner.restore(snapshot);
        promise(Arrays.equals(restored.snapshot(), snapshot), "a restored miner is the old one");
        long counted = 0;
        for (Template template : miner.templates()) {
            counted += template.count();
        }
        promise(counted <= lines.size(), "no line counts twice");
    }
}
