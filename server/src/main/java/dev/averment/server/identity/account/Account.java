package dev.averment.server.identity.account;

import java.util.UUID;

/**
 * A person, or somebody who claims to be one.
 *
 * @param verified whether a link that was mailed to the address has been used
 * @param disabled whether the operator has shut it
 * @param operator whether it may run this server; nothing but SQL by the database's owner can set that
 */
public record Account(UUID id, String email, String name, boolean verified, boolean disabled, boolean operator) {}
