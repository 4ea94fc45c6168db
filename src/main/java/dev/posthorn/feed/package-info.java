/// What happened, told to others: as a stream to whoever listens, and by webhooks.
///
/// Tables: `webhook`, `webhook_delivery`.
package dev.posthorn.feed;
