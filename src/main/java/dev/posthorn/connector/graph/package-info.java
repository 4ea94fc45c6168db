/// Mail comes in from mailboxes of Microsoft 365 and leaves by them, through Microsoft Graph.
///
/// [dev.posthorn.connector.graph.GraphSource] is one mailbox's way in, [dev.posthorn.connector.graph.GraphSender] its way out,
/// [dev.posthorn.connector.graph.GraphDoor] this process's way to Graph. Requests are made by the core of Microsoft's client
/// (kiota), without its models; what is asked and what an answer means stands here.
///
/// Invariants:
///
/// - At most so many requests at once to one mailbox, in and out together, and none while Graph wants a pause.
/// - A token goes to Graph's own host and to no other, whatever a link says.
/// - Every id is an immutable one; a cursor is Graph's own link, which nobody takes apart.
/// - Looking changes nothing. One mail that cannot be had does not stop the others.
/// - A mail whose sending nobody heard the end of is looked for before it is sent again.
package dev.posthorn.connector.graph;
