package dev.posthorn.connector.discovery;

/// Both servers of a mail domain, and the user name that they want.
///
/// @param username the whole address, or the part before its `@`
public record MailPlaces(ServerPlace imap, ServerPlace smtp, String username) {}
