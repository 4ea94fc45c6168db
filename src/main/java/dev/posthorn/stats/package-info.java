/// Figures of a span of time: how many tickets came, were answered and ended, how long that took, and what is left.
///
/// Counted when they are asked for, from indexes by time; kept nowhere. No table.
package dev.posthorn.stats;
