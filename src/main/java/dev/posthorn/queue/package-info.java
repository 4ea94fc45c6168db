/// Queues and the agents who work on them. Tables: `queue`, `queue_agent`.
package dev.posthorn.queue;
