package dev.devmentor.pbml.owner;

/**
 * An owner as stored.
 *
 * @param id key in this service's tables; means nothing outside
 * @param observations number of rows of the owner's log
 */
public record Owner(long id, OwnerName name, long observations) {}
