package dev.devmentor.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
    @TempDir
    Path directory;

    @Test
    void choosesTheProtocolWithinTlsAndTellsBrowsersToStay() throws Exception {
        Path store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        char[] password = "changeit".toCharArray();
        keys.init(KeyStore.getInstance(store.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        try (RawBackend backend = RawBackend.always(RawBackend.ok("origin"));
                TestGateway gateway = new TestGateway(context)) {
            gateway.route("a", backend.port());
            for (HttpVersion version : new HttpVersion[] {HttpVersion.HTTP_2, HttpVersion.HTTP_1_1}) {
                HttpClient client = gateway.vertx()
                        .createHttpClient(new HttpClientOptions()
                                .setSsl(true)
                                .setTrustAll(true)
                                .setVerifyHost(false)
                                .setUseAlpn(true)
                                .setProtocolVersion(version)
                                .setDefaultPort(gateway.port()));
                HttpClientResponse[] arrived = new HttpClientResponse[1];
                String body = client.request(HttpMethod.GET, "/a")
                        .compose(request -> request.send())
                        .compose(answer -> {
                            arrived[0] = answer;
                            return answer.body();
                        })
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get()
                        .toString();
                HttpClientResponse answer = arrived[0];
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.getHeader("strict-transport-security")).isEqualTo("max-age=31536000; includeSubDomains");
                assertThat(body).isEqualTo("origin");
                assertThat(backend.heads.getLast()).contains("x-forwarded-proto: https");
            }
        }
    }
}
