package dev.devmentor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.HandmadeExchange;
import dev.devmentor.gateway.redis.RedisAddress;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.testkit.KeycloakLike;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Only {@code devmentor.gateway.identity.issuer} is another one: the URL of a realm (docs/identity-provider.md). */
class OtherIssuerIT {
    private static final String ADA = "6f8b2a7e-3d0c-4c86-9a57-2f1f4f0d3b11";

    private static KeycloakLike realm;
    private static IdentityProcess gateway;

    @BeforeAll
    static void begin() {
        realm = new KeycloakLike();
        gateway = new IdentityProcess(TestConfig.of(realm.url()), RedisAddress.of("redis://127.0.0.1:1")).withKeys();
    }

    @AfterAll
    static void end() {
        gateway.close();
        realm.close();
    }

    private static String detail(HandmadeExchange exchange) {
        assertThat(exchange.problem()).isNotNull();
        assertThat(exchange.problem().status()).isEqualTo(401);
        return String.valueOf(exchange.problem().detail());
    }

    @Test
    void findsTheKeysOfARealmAndKnowsItsPeople() {
        HandmadeExchange exchange = gateway.bearer(realm.accessToken(ADA, "learner"));

        assertThat(exchange.passed()).isTrue();
        Caller caller = exchange.caller();
        assertThat(caller.id()).isEqualTo(ADA);
        assertThat(caller.roles()).containsExactly("learner");
        assertThat(caller.tier()).isEqualTo("premium");
        assertThat(caller.scope())
                .isEqualTo("openid profile email learning:read learning:write patterns:read patterns:write");
        assertThat(caller.session()).isNotNull();
        assertThat(gateway.signingKeys.find("signing")).isNotNull();
        assertThat(gateway.signingKeys.find("encryption")).isNull();
    }

    @Test
    void withoutMappersSomebodyIsOfTheTierFreeAndHasNoRole() {
        HandmadeExchange exchange = gateway.bearer(
                realm.accessToken(ADA, claims -> claims.remove(List.of("roles", "tier", "teams", "scope"))));

        assertThat(exchange.passed()).isTrue();
        assertThat(exchange.caller().tier()).isEqualTo("free");
        assertThat(exchange.caller().roles()).isEmpty();
    }

    @Test
    void refusesWhatTheRealmSignedForSomethingElse() {
        assertThat(detail(gateway.bearer(realm.idToken(ADA)))).isEqualTo("the access token is for another audience");
        assertThat(detail(gateway.bearer(realm.accessToken(ADA, claims -> claims.put("aud", "account")))))
                .isEqualTo("the access token is for another audience");
        assertThat(detail(gateway.bearer(realm.accessToken(
                        ADA, claims -> claims.put("iss", realm.url().replace("devmentor", "master"))))))
                .isEqualTo("the access token is of another issuer");
        assertThat(detail(gateway.bearer(realm.forged(ADA))))
                .isEqualTo("the access token was not signed by a key of this issuer");
    }

    @Test
    void apiKeysStayWithTheAuthService() {
        HandmadeExchange exchange = gateway.send(
                IdentityProcess.exchange(Route.Access.TOKEN).header("X-API-Key", "dm_k1_c2VjcmV0LXNlY3JldC1zZWNyZXQ"));

        assertThat(detail(exchange)).isEqualTo("API keys are not accepted here");
    }
}
