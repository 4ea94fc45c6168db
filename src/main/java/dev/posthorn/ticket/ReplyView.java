package dev.posthorn.ticket;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a reply became: the message on its way, and whether it answered the newest one.
///
/// @param notLatest the message that was answered was not the newest of the ticket (WX-11)
/// @param newestMessageId the newest message before this reply
@Schema(name = "PostedReply")
public record ReplyView(@JsonUnwrapped MessageView message, boolean notLatest, UUID newestMessageId) {}
