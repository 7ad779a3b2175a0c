package dev.devmentor.bench.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stood on the command line behind {@code scripts/bench events}. */
final class Options {
    static final String USAGE = """
            scripts/bench events [--events N] [--runs N] [--latency-seconds N] [--only parse,streams,ours,latency]
                                 [--inspect yes] [--service-env NAME=VALUE]... [--service-flag FLAG]...
                                 [--streams-flag FLAG]... [--postgres NAME=VALUE]...
            The options of the last lines are for experiments; the figures of record come from a call without them.
            --inspect shows where PostgreSQL's time goes, statement by statement.""";

    int events = 500_000;
    int runs = 3;
    int latencySeconds = 60;
    Set<String> only = Set.of("parse", "streams", "ours", "latency");
    boolean inspect;
    final Map<String, String> serviceEnvironment = new LinkedHashMap<>();
    final List<String> serviceFlags = new ArrayList<>();
    final List<String> streamsFlags = new ArrayList<>();
    final Map<String, String> postgres = new LinkedHashMap<>();

    static Options parse(List<String> arguments) {
        return parse(arguments, new Options());
    }

    /** @param options what holds where the command line says nothing */
    static Options parse(List<String> arguments, Options options) {
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(USAGE);
            }
            options.set(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private void set(String name, String value) {
        switch (name) {
            case "--events" -> events = Integer.parseInt(value);
            case "--runs" -> runs = Integer.parseInt(value);
            case "--latency-seconds" -> latencySeconds = Integer.parseInt(value);
            case "--only" -> only = Set.of(value.split(","));
            case "--inspect" -> inspect = value.equals("yes");
            case "--service-env" -> put(serviceEnvironment, value);
            case "--service-flag" -> serviceFlags.add(value);
            case "--streams-flag" -> streamsFlags.add(value);
            case "--postgres" -> put(postgres, value);
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    private static void put(Map<String, String> map, String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(USAGE);
        }
        map.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
}
