/// The ways in and out: inbound and outbound channels, and which outbound channel answers what came in where.
///
/// A connected mailbox ([dev.posthorn.channel.Mailbox]) is both: tried live in both directions before it is saved, read by one node
/// at a time ([dev.posthorn.channel.MailboxPulls]), announced by its provider where that can be had
/// ([dev.posthorn.channel.Announcements]). This room alone asks an account what kind it is
/// ([dev.posthorn.channel.MailLines]). An SMTP server of one's own without a mailbox ([dev.posthorn.channel.OwnServers]) is a way out
/// alone.
///
/// Invariants: every issued forwarding address is an inbound channel; every tenant has the platform's relay; every mailbox has one
/// inbound and one outbound channel.
/// Tables: `inbound_channel`, `outbound_channel`, `mailbox`, `mailbox_pull`, `mailbox_mishap`,
/// `mailbox_discovery`, `mailbox_announcement`.
package dev.posthorn.channel;
