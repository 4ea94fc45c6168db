/// What OpenTelemetry is told of the two walks of mail. Each walk halts in the database (a mail is stored and filed later, a reply is
/// written and sent later, by whichever process), so it is not one trace but several that are linked: where a walk halts, its row
/// keeps the place as W3C writes it (`traceparent`), and whoever goes on links to it. Nothing is told unless
/// `quarkus.otel.sdk.disabled=false`; then ids, sizes and outcomes, never what a mail says or who wrote it.
package dev.posthorn.trace;
