/// What happened, told to others: as a stream to whoever listens, by webhooks, and to agents by mail.
///
/// Tables: `webhook`, `webhook_delivery`, `notice_wish`, `notice_round`, `notice`.
package dev.posthorn.feed;
