package dev.averment.server.delivery;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt, as the message may say it.
 *
 * @param delivery the same for all attempts of a delivery
 * @param at       the time of this one
 * @param instance which server speaks, as its host name
 */
public record Sending(UUID delivery, Instant at, String instance) {}
