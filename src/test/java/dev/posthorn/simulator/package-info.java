/// The providers, played: Entra ID, Microsoft Graph, Google and the Gmail API as a real HTTP server, with their faults.
///
/// It is strict: whatever a caller does that a provider would not take is a complaint, which tests expect to be none. It can be
/// started for development too (`docs/simulator.md`).
package dev.posthorn.simulator;
