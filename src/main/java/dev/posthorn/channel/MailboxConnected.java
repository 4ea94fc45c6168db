package dev.posthorn.channel;

/// A mailbox was connected, in the running transaction: its address is one of the tenant's own from now on (OD-26).
///
/// @param address normalized
public record MailboxConnected(String address) {}
