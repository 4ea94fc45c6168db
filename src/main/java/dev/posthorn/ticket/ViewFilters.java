package dev.posthorn.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.posthorn.web.Line;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Which tickets a saved view shows: the filters of `GET /tickets`. What is not given does not matter.
///
/// @param mine only tickets of whoever looks
/// @param registered whether the requester is registered
@Schema(name = "ViewFilters")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ViewFilters(
    @Line String status,
    UUID queueId,
    UUID teamId,
    UUID categoryId,
    UUID typeId,
    UUID assigneeId,
    Boolean mine,
    UUID contactId,
    Boolean registered,
    Boolean unanswered,
    @Line(max = 50) String tag,
    @Schema(enumeration = {"running", "warning", "breached", "met", "paused"}) @Pattern(regexp = "running|warning|breached|met|paused") String sla,
    @Size(max = 200) String q) {}
