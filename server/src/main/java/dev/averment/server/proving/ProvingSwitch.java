package dev.averment.server.proving;

/** Whether this process runs due checks, or only judges freshness. */
public record ProvingSwitch(boolean runsChecks) {}
