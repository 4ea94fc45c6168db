package dev.posthorn.team;

/// A team has just been created, in the running transaction; it has its address, and no default queue yet.
public record TeamCreated(Team team) {}
