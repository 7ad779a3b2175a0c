package dev.devmentor.cli.platform;

/** Where the platform in a data directory listens: as it runs, or as it ran last. */
public record Addresses(int offset) {
    public static Addresses of(Home home) {
        return new Addresses(RunningState.offset(home));
    }

    public String kafka() {
        return "127.0.0.1:" + (Platform.KAFKA_PORT + offset);
    }

    String redis() {
        return "redis://127.0.0.1:" + (Platform.REDIS_PORT + offset);
    }

    /** @param name of a service in {@link Platform#SERVICES} */
    public String service(String name) {
        int port = Platform.SERVICES.stream()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow()
                .port();
        return "http://127.0.0.1:" + (port + offset);
    }
}
