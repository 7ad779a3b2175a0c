package dev.devmentor.auth.client;

/**
 * Where a request comes from.
 *
 * @param address of the person's end, as text: what the gateway says if the request came by it, else the socket's
 * @param userAgent as sent, cut off at 256 characters; empty without
 */
public record ClientInfo(String address, String userAgent) {}
