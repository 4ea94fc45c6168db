/// Who lags behind, by name: mailboxes, channels and queues as meters of their own, bounded in number. Other rooms count what they do
/// where they do it; here stands what only a look over everything can say. Owns no table.
package dev.posthorn.figures;
