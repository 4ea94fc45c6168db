/// How far a team is with its set-up, and what its people are to do at their provider; whether an address forwards, proven end to end.
///
/// Tables: `forwarding_test`, `forwarding_confirmation`.
package dev.posthorn.setup;
