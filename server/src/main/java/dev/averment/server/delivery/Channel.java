package dev.averment.server.delivery;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a workspace wants to be told.
 *
 * @param kind    as its {@link ChannelType} is called
 * @param enabled whether it is used
 * @param why     it is not
 * @param shown   what people see of its address
 * @param failing since when nothing arrived there
 */
public record Channel(
        UUID id,
        String kind,
        String name,
        boolean enabled,
        Optional<String> why,
        String shown,
        Optional<Instant> failing,
        Instant made) {}
