/// Teams, the agents in them, and every address a team was ever given.
///
/// Invariants: a team always has a provided address; an issued address routes to its team for ever and is never issued
/// again, not even after the team (which can be deleted only while nobody has written to it) or the tenant is gone. Tables: `agent`, `team`, `team_member`, `forwarding_address`,
/// `issued_address`.
package dev.posthorn.team;
