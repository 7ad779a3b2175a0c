package dev.devmentor.cli.identity;

import java.time.Duration;

/**
 * The answer to a device authorization request (RFC 8628, section 3.2).
 *
 * @param code secret, for the token endpoint
 * @param userCode what a person types or compares
 * @param uri where to type it
 * @param completeUri where it is filled in already
 * @param interval the shortest time between two polls
 */
public record DeviceCode(
        String code, String userCode, String uri, String completeUri, Duration lifetime, Duration interval) {
    @Override
    public String toString() {
        return "DeviceCode[" + userCode + "]"; // never the code
    }
}
