/// The ways in and out: inbound and outbound channels, and which outbound channel answers what came in where.
///
/// Invariants: every issued forwarding address is an inbound channel; every tenant has the platform's relay.
/// Tables: `inbound_channel`, `outbound_channel`.
package dev.posthorn.channel;
