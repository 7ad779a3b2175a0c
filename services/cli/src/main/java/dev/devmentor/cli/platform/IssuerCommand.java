package dev.devmentor.cli.platform;

import dev.devmentor.parts.issuer.IssuerKey;
import dev.devmentor.parts.issuer.LocalIssuer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process behind {@link IssuerProcess}. */
@Command(name = "issuer", hidden = true, description = "Serve the public keys of the local issuer.")
public final class IssuerCommand implements Callable<Integer> {
    @Option(names = "--port", required = true)
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        try (LocalIssuer issuer = LocalIssuer.start(
                port, IssuerKey.loadOrCreate(Home.fromEnvironment().issuerKeyFile()))) {
            System.out.println("serving the keys of " + issuer.url());
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
