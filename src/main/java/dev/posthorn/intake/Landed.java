package dev.posthorn.intake;

/// A mail has just become durable: whoever waits for work may look.
public record Landed() {}
