/// Queues and the agents who work on them; the agents themselves are shown here too, because their queues are shown with
/// them. Tables: `queue`, `queue_agent`.
package dev.posthorn.queue;
