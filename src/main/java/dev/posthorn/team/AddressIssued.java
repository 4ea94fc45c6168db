package dev.posthorn.team;

/// A team has just been given an address, in the running transaction.
public record AddressIssued(ForwardingAddress address) {}
