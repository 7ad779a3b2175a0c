package dev.devmentor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.identity.Verification.Reason;
import dev.devmentor.gateway.identity.Verification.Refused;
import dev.devmentor.gateway.identity.Verification.UnknownKey;
import dev.devmentor.gateway.identity.Verification.Verified;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final String ISSUER = "http://127.0.0.1:3002";
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final TestKey KEY = new TestKey("key-1");
    private static final TestKey OTHER = new TestKey("key-2");
    private static final TestKey STRANGER = new TestKey("key-1");
    private static final Map<String, SigningKey> KEYS = Map.of(
            "key-1", new SigningKey("key-1", KEY.publicKey()), "key-2", new SigningKey("key-2", OTHER.publicKey()));

    private final TokenVerifier verifier = at(NOW);

    private static TokenVerifier at(Instant now) {
        return new TokenVerifier(KEYS::get, TestConfig.of(ISSUER), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static JsonObject claims() {
        return TestKey.claims(ISSUER, NOW);
    }

    private void refuses(String token, Reason reason) {
        assertThat(verifier.verify(token)).isEqualTo(new Refused(reason));
    }

    private void refusesHeader(JsonObject header) {
        refuses(KEY.sign(header.encode(), claims().encode()), Reason.MALFORMED);
    }

    @Test
    void knowsWhoCallsByAGoodToken() {
        assertThat(verifier.verify(KEY.sign(claims())))
                .isEqualTo(new Verified(
                        new Caller(
                                Caller.Kind.TOKEN,
                                "ada",
                                "premium",
                                List.of("learner"),
                                "learning:read learning:write",
                                "session-1",
                                null,
                                0,
                                0),
                        NOW.plus(Duration.ofSeconds(905)).toEpochMilli(),
                        KEYS.get("key-1")));
    }

    @Test
    void takesTheLeastThatATokenMaySay() {
        JsonObject least = new JsonObject()
                .put("iss", ISSUER)
                .put("aud", new JsonArray().add("other").add("devmentor"))
                .put("sub", "x".repeat(64))
                .put("exp", NOW.getEpochSecond() + 1.5);
        Verification verification =
                verifier.verify(OTHER.sign("{\"alg\":\"RS256\",\"kid\":\"key-2\"}", least.encode()));
        assertThat(verification).isInstanceOfSatisfying(Verified.class, good -> {
            assertThat(good.caller().tier()).isEqualTo("free");
            assertThat(good.caller().roles()).isEmpty();
            assertThat(good.caller().session()).isNull();
            assertThat(good.untilMillis()).isEqualTo(NOW.toEpochMilli() + 6500);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
    void refusesATokenThatNobodySigned(String none) {
        JsonObject header = KEY.header().put("alg", none);
        String input = TestKey.encode(header.encode()) + "." + TestKey.encode(claims().encode());
        refuses(input + ".", Reason.MALFORMED);
        refuses(input, Reason.MALFORMED);
        refuses(input + "." + TestKey.encode(KEY.signature(input)), Reason.MALFORMED);
    }

    @Test
    void refusesATokenThatThePublicKeySignedAsASecret() throws Exception {
        byte[] der = KEY.publicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        for (byte[] secret : List.of(der, pem.getBytes(StandardCharsets.US_ASCII))) {
            for (String algorithm : List.of("HS256", "RS256")) {
                String input = TestKey.encode(KEY.header().put("alg", algorithm).encode()) + "."
                        + TestKey.encode(claims().encode());
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                String token = input + "." + TestKey.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
                refuses(token, algorithm.equals("HS256") ? Reason.MALFORMED : Reason.SIGNATURE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS384", "RS512", "PS256", "ES256", "HS256", "EdDSA", "rs256", "RS256 ", "RSA-OAEP"})
    void refusesAnyOtherAlgorithm(String algorithm) {
        refusesHeader(KEY.header().put("alg", algorithm));
    }

    @Test
    void refusesAnotherHashUnderTheNameOfTheRightOne() {
        String input = TestKey.encode(KEY.header().encode()) + "." + TestKey.encode(claims().encode());
        refuses(input + "." + TestKey.encode(KEY.signature(input, "SHA512withRSA")), Reason.SIGNATURE);
        refuses(input + "." + TestKey.encode(KEY.signature(input, "SHA1withRSA")), Reason.SIGNATURE);
    }

    @Test
    void refusesTheSignatureOfAnotherKey() {
        refuses(STRANGER.sign(claims()), Reason.SIGNATURE);
        // A key of the issuer, but not the one that is named.
        refuses(OTHER.sign(KEY.header().encode(), claims().encode()), Reason.SIGNATURE);
    }

    @Test
    void knowsWhichKeysItDoesNotKnow() {
        assertThat(verifier.verify(KEY.sign(KEY.header().put("kid", "key-3").encode(), claims().encode())))
                .isEqualTo(new UnknownKey());
    }

    @Test
    void refusesATokenThatBringsItsKeyOrTheAddressOfOne() {
        for (String name : List.of("jku", "x5u")) {
            refusesHeader(KEY.header().put(name, "http://127.0.0.1:1/keys"));
        }
        refusesHeader(KEY.header().put("jwk", STRANGER.jwk()));
        refusesHeader(KEY.header().put("x5c", new JsonArray().add("MIIB")));
        refuses(
                STRANGER.sign(STRANGER.header().put("jwk", STRANGER.jwk()).encode(), claims().encode()),
                Reason.MALFORMED);
    }

    @Test
    void refusesExtensionsThatItDoesNotUnderstand() {
        refusesHeader(KEY.header().put("crit", new JsonArray().add("exp")).put("exp", 1));
        refusesHeader(KEY.header().put("crit", new JsonArray()));
        refusesHeader(KEY.header().put("b64", false).put("crit", new JsonArray().add("b64")));
        refusesHeader(KEY.header().put("zip", "DEF"));
    }

    @Test
    void refusesTokensThatWereMadeForSomethingElse() {
        for (String type : List.of("logout+jwt", "dpop+jwt", "JOSE", "")) {
            refusesHeader(KEY.header().put("typ", type));
        }
        for (String type : List.of("JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt")) {
            assertThat(verifier.verify(KEY.sign(KEY.header().put("typ", type).encode(), claims().encode())))
                    .isInstanceOf(Verified.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"RS256\",\"kid\":\"\"}",
                "{\"alg\":\"RS256\",\"kid\":1}",
                "{\"alg\":\"RS256\",\"kid\":null}",
                "{\"alg\":[\"RS256\"],\"kid\":\"key-1\"}",
                "{\"kid\":\"key-1\"}",
                "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"key-1\"}",
                "{\"alg\":\"RS256\",\"alg\":\"RS256\",\"kid\":\"key-1\"}",
                "{\"alg\":\"RS256\",\"kid\":\"key-1\"}{}",
                "{\"alg\":\"RS256\",\"kid\":\"key-1\"",
                "[{\"alg\":\"RS256\",\"kid\":\"key-1\"}]",
                "\"RS256\"",
                "\uFEFF{\"alg\":\"RS256\",\"kid\":\"key-1\"}",
                "{'alg':'RS256','kid':'key-1'}",
                "{\"alg\":\"RS256\",\"kid\":\"key-1\",}",
                "{\"alg\":\"RS256\",\"kid\":\"key-1\",/**/\"a\":1}"
            })
    void refusesAHeaderThatIsNotExactlyOne(String header) {
        refuses(KEY.sign(header, claims().encode()), Reason.MALFORMED);
    }

    @Test
    void refusesAClaimThatStandsTwice() {
        String twice = claims().encode().replace("\"sub\":\"ada\"", "\"sub\":\"ada\",\"sub\":\"eve\"");
        refuses(KEY.sign(KEY.header().encode(), twice), Reason.MALFORMED);
        String escaped = claims().encode().replace("\"sub\":\"ada\"", "\"sub\":\"ada\",\"s\\u0075b\":\"eve\"");
        refuses(KEY.sign(KEY.header().encode(), escaped), Reason.MALFORMED);
    }

    @Test
    void refusesOtherIssuers() {
        for (Object other : List.of(
                "http://127.0.0.1:3003", ISSUER + "/", "HTTP://127.0.0.1:3002", 1, new JsonArray().add(ISSUER))) {
            refuses(KEY.sign(claims().put("iss", other)), Reason.ISSUER);
        }
        JsonObject without = claims();
        without.remove("iss");
        refuses(KEY.sign(without), Reason.ISSUER);
    }

    @Test
    void refusesOtherAudiences() {
        for (Object other :
                List.of("somebody-else", "devmentor ", "DevMentor", 1, new JsonArray(), new JsonArray().add("x"))) {
            refuses(KEY.sign(claims().put("aud", other)), Reason.AUDIENCE);
        }
        JsonObject without = claims();
        without.remove("aud");
        refuses(KEY.sign(without), Reason.AUDIENCE);
    }

    @Test
    void believesATokenForFiveSecondsMoreThanItSaysAndNoMillisecondLonger() {
        String token = KEY.sign(claims());
        Instant end = NOW.plusSeconds(905);
        assertThat(at(end.minusMillis(1)).verify(token)).isInstanceOf(Verified.class);
        assertThat(at(end).verify(token)).isEqualTo(new Refused(Reason.EXPIRED));
        refuses(KEY.sign(claims().put("exp", NOW.getEpochSecond() - 3600)), Reason.EXPIRED);
        String later = KEY.sign(claims().put("nbf", NOW.getEpochSecond() + 60));
        assertThat(at(NOW.plusSeconds(55).minusMillis(1)).verify(later)).isEqualTo(new Refused(Reason.NOT_YET));
        assertThat(at(NOW.plusSeconds(55)).verify(later)).isInstanceOf(Verified.class);
    }

    @Test
    void refusesTimesThatAreNone() {
        JsonObject without = claims();
        without.remove("exp");
        refuses(KEY.sign(without), Reason.CLAIMS);
        for (Object time :
                List.of("9999999999", true, new JsonArray().add(9_999_999_999L), 1e300, -1, 253_402_300_800L)) {
            refuses(KEY.sign(claims().put("exp", time)), Reason.CLAIMS);
            refuses(KEY.sign(claims().put("nbf", time)), Reason.CLAIMS);
        }
        refuses(
                KEY.sign(KEY.header().encode(), claims().encode().replace("\"exp\":", "\"exp\":1e99999,\"x\":")),
                Reason.CLAIMS);
    }

    @Test
    void refusesATokenOfNobody() {
        JsonObject without = claims();
        without.remove("sub");
        refuses(KEY.sign(without), Reason.CLAIMS);
        for (Object subject : List.of("", "x".repeat(65), 7, new JsonArray().add("ada"))) {
            refuses(KEY.sign(claims().put("sub", subject)), Reason.CLAIMS);
        }
    }

    @Test
    void refusesClaimsOfTheWrongShape() {
        refuses(KEY.sign(claims().put("roles", "operator")), Reason.CLAIMS);
        refuses(KEY.sign(claims().put("roles", new JsonArray().add(1))), Reason.CLAIMS);
        refuses(KEY.sign(claims().put("sid", 5)), Reason.CLAIMS);
        refuses(KEY.sign(claims().put("scope", new JsonArray().add("all"))), Reason.CLAIMS);
        assertThat(verifier.verify(KEY.sign(claims().put("tier", "anonymous"))))
                .isInstanceOfSatisfying(
                        Verified.class, good -> assertThat(good.caller().tier()).isEqualTo("free"));
    }

    @Test
    void refusesATokenOfMoreThanEightKibibytes() {
        int room = StrictJwt.LONGEST - KEY.sign(claims().put("pad", "")).length();
        String largest = KEY.sign(claims().put("pad", "x".repeat(room * 3 / 4 - 3)));
        assertThat(largest.length()).isBetween(StrictJwt.LONGEST - 8, StrictJwt.LONGEST);
        assertThat(verifier.verify(largest)).isInstanceOf(Verified.class);
        refuses(KEY.sign(claims().put("pad", "x".repeat(room))), Reason.MALFORMED);
        refuses("x".repeat(1_000_000), Reason.MALFORMED);
    }

    @Test
    void thereIsOneTextForOneToken() {
        String token = KEY.sign(claims());
        int dot = token.lastIndexOf('.');
        String signature = token.substring(dot + 1);
        // 256 bytes leave two bits of the last character unused... four here, which have to be zero.
        char last = signature.charAt(signature.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int bits = 1; bits < 16; bits++) {
            char other = alphabet.charAt(alphabet.indexOf(last) | bits);
            refuses(token.substring(0, token.length() - 1) + other, Reason.MALFORMED);
        }
        for (String text : List.of(
                token + "=",
                token + "==",
                token + "\n",
                token + " ",
                " " + token,
                token + ".",
                "." + token,
                token + ".AAAA",
                token.replace(".", ".."),
                token.replace('.', ','),
                token + "é",
                token + "Ā")) {
            assertThat(verifier.verify(text)).as(text).isInstanceOf(Refused.class);
        }
        String plain = TestKey.encode(new byte[] {(byte) 0xFB, (byte) 0xFF});
        assertThat(plain).isEqualTo("-_8");
        refuses("+/8." + token.substring(token.indexOf('.') + 1), Reason.MALFORMED);
    }

    @Test
    void thereIsOneSignatureForOneToken() {
        String token = KEY.sign(claims());
        int dot = token.lastIndexOf('.');
        String input = token.substring(0, dot);
        BigInteger signature = new BigInteger(1, Base64.getUrlDecoder().decode(token.substring(dot + 1)));
        BigInteger modulus = KEY.publicKey().getModulus();
        List<byte[]> equivalents = new ArrayList<>();
        equivalents.add(signature.add(modulus).toByteArray());
        equivalents.add(modulus.subtract(signature).toByteArray());
        byte[] exact = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        byte[] longer = new byte[exact.length + 1];
        System.arraycopy(exact, 0, longer, 1, exact.length);
        equivalents.add(longer);
        equivalents.add(new byte[256]);
        equivalents.add(new byte[] {0});
        equivalents.add(modulus.toByteArray());
        equivalents.add(java.util.Arrays.copyOf(exact, exact.length - 1));
        equivalents.add(java.util.Arrays.copyOf(exact, exact.length + 1));
        for (byte[] other : equivalents) {
            refuses(input + "." + TestKey.encode(other), Reason.SIGNATURE);
        }
    }

    /** Ten thousand tokens that differ a little from good ones, or are pieces of several. */
    @Test
    void acceptsNoTokenThatWasChanged() {
        SplittableRandom random = new SplittableRandom(429);
        List<String> good = Stream.of(
                        KEY.sign(claims()),
                        OTHER.sign(claims().put("sub", "bob")),
                        KEY.sign(claims().put("roles", new JsonArray().add("operator"))))
                .toList();
        Set<String> known = new HashSet<>(good);
        good.forEach(token -> assertThat(verifier.verify(token)).isInstanceOf(Verified.class));
        int looked = 0;
        while (looked < 10_000) {
            String changed = change(random, good);
            if (!known.contains(changed)) {
                assertThat(verifier.verify(changed)).as(changed).isNotInstanceOf(Verified.class);
                looked++;
            }
        }
    }

    private static String change(SplittableRandom random, List<String> good) {
        StringBuilder token = new StringBuilder(good.get(random.nextInt(good.size())));
        switch (random.nextInt(7)) {
            case 0 -> token.setCharAt(random.nextInt(token.length()), some(random));
            case 1 -> token.insert(random.nextInt(token.length() + 1), some(random));
            case 2 -> token.deleteCharAt(random.nextInt(token.length()));
            case 3 -> {
                for (int i = random.nextInt(1, 20); i > 0; i--) {
                    token.setCharAt(random.nextInt(token.length()), some(random));
                }
            }
            case 4 -> token.setLength(random.nextInt(token.length()));
            case 5 -> {
                // Header, claims and signature of different tokens.
                String[] parts = token.toString().split("\\.");
                String[] others = good.get(random.nextInt(good.size())).split("\\.");
                int part = random.nextInt(3);
                parts[part] = others[part];
                return String.join(".", parts);
            }
            default -> {
                // Other claims under the old signature.
                String[] parts = token.toString().split("\\.");
                byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
                claims[random.nextInt(claims.length)] = (byte) random.nextInt(32, 127);
                parts[1] = TestKey.encode(claims);
                return String.join(".", parts);
            }
        }
        return token.toString();
    }

    private static char some(SplittableRandom random) {
        return random.nextInt(20) == 0
                ? (char) random.nextInt(0x250)
                : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ".charAt(random.nextInt(69));
    }
}
