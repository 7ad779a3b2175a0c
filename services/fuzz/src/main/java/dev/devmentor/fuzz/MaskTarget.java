package dev.devmentor.fuzz;

import static dev.devmentor.fuzz.Cost.promise;

import dev.devmentor.pbml.engine.template.MessageMask;
import java.util.List;

/** One message. */
final class MaskTarget implements Target {

    private final MessageMask mask = new MessageMask();

    @Override
    public String name() {
        return "mask";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                Texts.seed('0', "connection to 10.0.0.1:5432 refused after 17.5 ms by user root"),
                Texts.seed('x', "deadbeef <*> ${a} 'b' a=\"c d\" https://h/x?y=1 at java.lang.String@7f31245a"),
                Texts.seed('J', "un 17 07:07:00 2005 /var/log/a.log:12 fe80:0:0:0:1:2:3:4 é\u00a0"));
    }

    @Override
    public void accept(byte[] input) {
        String message = Texts.of(input, 0);
        String[] masked = new String[1];
        Cost.withinTime(input.length, () -> masked[0] = mask.mask(message));
        promise(masked[0].length() <= 4 * Math.min(message.length(), 4_096), "no part is shown longer than <*>");
        promise(masked[0].equals(new MessageMask().mask(message)), "nothing of an earlier message is left");
    }
}
