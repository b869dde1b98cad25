package dev.averment.server.incidents;

import dev.averment.server.clocks.Term;
import java.util.List;
import java.util.UUID;

/**
 * A step of the chain that an incident climbs while nobody takes it up.
 *
 * @param after    since the incident was opened
 * @param channels which are told; with no channels all are
 * @param people   accounts that are asked for by name
 */
public record ChainStep(int place, Term after, List<UUID> channels, List<UUID> people) {
    public ChainStep {
        channels = List.copyOf(channels);
        people = List.copyOf(people);
    }
}
