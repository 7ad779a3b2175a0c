package dev.devmentor.pbml.engine.trace;

import org.jspecify.annotations.Nullable;

/** "com.acme.Shop.order(Shop.java:12)", with a module before it and a jar behind it. */
final class JavaFrames {

    private static final String[] PLATFORM = {
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "com.sun.",
        "jakarta.",
        "kotlin.",
        "kotlinx.",
        "scala.",
        "groovy.",
        "clojure.",
        "android.",
        "androidx.",
        "dalvik.",
        "libcore."
    };

    private static final String[] LIBRARIES = {
        "org.springframework.",
        "org.apache.",
        "org.eclipse.",
        "org.hibernate.",
        "org.jboss.",
        "org.junit.",
        "junit.",
        "org.testng.",
        "org.mockito.",
        "org.assertj.",
        "org.hamcrest.",
        "org.gradle.",
        "org.codehaus.",
        "org.slf4j.",
        "org.postgresql.",
        "org.aspectj.",
        "org.glassfish.",
        "org.wildfly.",
        "org.xnio.",
        "org.reactivestreams.",
        "org.h2.",
        "ch.qos.",
        "com.fasterxml.",
        "com.google.common.",
        "com.google.inject.",
        "com.google.gson.",
        "com.mysql.",
        "com.zaxxer.",
        "com.netflix.",
        "com.intellij.",
        "com.mongodb.",
        "com.rabbitmq.",
        "io.netty.",
        "io.vertx.",
        "io.quarkus.",
        "io.smallrye.",
        "io.micronaut.",
        "io.micrometer.",
        "io.opentelemetry.",
        "io.grpc.",
        "io.undertow.",
        "io.projectreactor.",
        "io.reactivex.",
        "io.agroal.",
        "reactor.",
        "rx.",
        "net.bytebuddy.",
        "net.sf.",
        "okhttp3.",
        "okio.",
        "retrofit2.",
        "feign.",
        "redis.clients.",
        "worker.org.gradle."
    };

    private JavaFrames() {}

    /** Whether this is a frame: the bracket follows a name with a dot at once, which no other language's does. */
    static boolean reads(String at) {
        int open = at.indexOf('(');
        if (open <= 0 || at.charAt(open - 1) == ' ' || at.indexOf(')', open) < 0) {
            return false;
        }
        int dot = at.lastIndexOf('.', open);
        int blank = at.lastIndexOf(' ', open);
        return dot > 0 && blank < 0 && dot < open - 1;
    }

    static @Nullable Frame read(String at, OwnCode own) {
        if (!reads(at)) {
            return null;
        }
        int open = at.indexOf('(');
        int close = at.indexOf(')', open);
        String place = at.substring(open + 1, close);
        String name = at.substring(at.lastIndexOf('/', open) + 1, open);
        // "Shop$$Lambda/0x00007f.run" has its slash inside the name.
        boolean hidden = at.lastIndexOf("$$", open) >= 0;
        if (hidden) {
            name = at.substring(0, open);
            int module = name.indexOf('/');
            if (module >= 0 && module < name.indexOf("$$")) {
                name = name.substring(module + 1);
            }
        }
        int colon = place.lastIndexOf(':');
        String file = colon < 0 ? "" : place.substring(0, colon);
        int line = colon < 0 ? 0 : StackTraces.number(place, colon + 1, place.length());
        int dot = name.lastIndexOf('.');
        if (dot <= 0) {
            return null;
        }
        String type = name.substring(0, dot);
        String method = name.substring(dot + 1);
        if (generated(type, method, place)) {
            return new Frame(
                    StackTraces.withoutNumbers(
                            hidden ? type.substring(0, Math.max(1, type.indexOf("$$"))) + '.' + method : name),
                    file,
                    line,
                    Frame.Origin.GENERATED);
        }
        return new Frame(StackTraces.withoutNumbers(type) + '.' + method(method), file, line, origin(type, own));
    }

    /** lambda$order$3 is the lambda of order, whichever number it has. */
    private static String method(String method) {
        if (method.startsWith("lambda$")) {
            int end = method.lastIndexOf('$');
            return (end > 7 ? method.substring(7, end) : "") + "$lambda";
        }
        return StackTraces.withoutNumbers(method);
    }

    private static boolean generated(String type, String method, String place) {
        return type.contains("$$")
                || type.contains("$Proxy")
                || type.contains("CGLIB")
                || type.contains("$HibernateProxy$")
                || type.contains("$MockitoMock$")
                || type.contains("$ByteBuddy$")
                || type.contains("GeneratedMethodAccessor")
                || type.contains("GeneratedConstructorAccessor")
                || type.endsWith("_ClientProxy")
                || type.endsWith("_Subclass")
                || type.endsWith("_Bean")
                || method.startsWith("access$")
                || method.contains("$accessor$")
                || place.equals("<generated>");
    }

    private static Frame.Origin origin(String type, OwnCode own) {
        int covered = own.ofName(type);
        for (String prefix : PLATFORM) {
            if (prefix.length() > covered && type.startsWith(prefix)) {
                return Frame.Origin.PLATFORM;
            }
        }
        for (String prefix : LIBRARIES) {
            if (prefix.length() > covered && type.startsWith(prefix)) {
                return Frame.Origin.LIBRARY;
            }
        }
        return Frame.Origin.OWN;
    }
}
