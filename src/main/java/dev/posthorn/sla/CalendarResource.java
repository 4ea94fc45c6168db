package dev.posthorn.sla;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.web.Created;
import dev.posthorn.web.Idempotent;
import dev.posthorn.web.Line;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.PageRequest;
import dev.posthorn.web.Roles;
import dev.posthorn.web.ZoneName;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/// Business hours and holidays: everybody reads them, admins change them.
@Path("/api/v1/calendars")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Priorities and statuses")
class CalendarResource {
  private final CalendarDesk desk;

  CalendarResource(CalendarDesk desk) {
    this.desk = desk;
  }

  @GET
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "List calendars", description = "Oldest first.")
  public Page<CalendarView> list(@BeanParam PageRequest page) {
    return desk.list(page.of("calendars"));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Idempotent
  @Operation(summary = "Create a calendar")
  @APIResponseSchema(value = CalendarView.class, responseCode = "201", responseDescription = "The calendar")
  @APIResponse(responseCode = "409", description = "Another calendar has the name")
  @APIResponse(responseCode = "422", description = "Hours overlap, end before they begin, or there are none; or a holiday is no day")
  public RestResponse<CalendarView> create(@Valid @NotNull CalendarFields wanted) {
    var calendar = desk.create(wanted);
    return Created.at("/api/v1/calendars/" + calendar.id(), calendar);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.ADMIN, Roles.LEAD, Roles.AGENT})
  @Operation(summary = "Show a calendar")
  @APIResponse(responseCode = "200", description = "The calendar")
  @APIResponse(responseCode = "404", description = "There is no such calendar")
  public CalendarView show(@PathParam("id") UUID id) {
    return desk.show(id);
  }

  @PATCH
  @Path("{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Change a calendar", description = "The clocks of tickets that go by it are read anew, for the past too.")
  @RequestBodySchema(CalendarFields.class)
  @APIResponse(responseCode = "200", description = "The calendar as it is now")
  @APIResponse(responseCode = "404", description = "There is no such calendar")
  @APIResponse(responseCode = "409", description = "Another calendar has the name")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  @APIResponse(responseCode = "422", description = "Hours overlap, end before they begin, or there are none; or a holiday is no day")
  public CalendarView change(@PathParam("id") UUID id, ObjectNode patch) {
    return desk.change(id, patch);
  }

  @DELETE
  @Path("{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Delete a calendar")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "404", description = "There is no such calendar")
  @APIResponse(responseCode = "409", description = "A priority goes by it")
  @APIResponse(responseCode = "412", description = "It has changed meanwhile")
  public void remove(@PathParam("id") UUID id) {
    desk.remove(id);
  }

  /// What a calendar says.
  ///
  /// @param hours working hours by day, `monday` to `sunday`; a day that is missing is free
  /// @param holidays days that are free whatever the week says
  @Schema(name = "CalendarFields")
  record CalendarFields(
      @NotNull @Line String name,
      @NotNull @ZoneName String timeZone,
      @NotNull @Size(max = 7)
      Map<@Pattern(regexp = "monday|tuesday|wednesday|thursday|friday|saturday|sunday", message = "must be a day of the week, monday to sunday") String,
          @NotNull @Size(max = 10) List<@NotNull @Valid OpeningView>> hours,
      @NotNull @Size(max = 1000)
      List<@NotNull @Pattern(regexp = "\\d{4}-\\d{2}-\\d{2}", message = "must be a day, as in 2026-12-25") String> holidays) {
    static CalendarFields of(Calendar calendar) {
      return new CalendarFields(calendar.name, calendar.timeZone, OpeningView.of(calendar.hours), calendar.holidays);
    }
  }

  /// A part of a working day, in local time.
  ///
  /// @param from `09:00`
  /// @param to not included; `24:00` is the end of the day
  @Schema(name = "Opening")
  record OpeningView(
      @NotNull @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d", message = "must be a time of the day, as in 09:00") String from,
      @NotNull @Pattern(regexp = "([01]\\d|2[0-3]):[0-5]\\d|24:00", message = "must be a time of the day, as in 17:30, or 24:00") String to) {
    static Map<String, List<OpeningView>> of(Map<String, List<Calendar.Opening>> hours) {
      return hours.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
          day -> day.getValue().stream().map(one -> new OpeningView(one.from(), one.to())).toList()));
    }

    static Map<String, List<Calendar.Opening>> rows(Map<String, List<OpeningView>> hours) {
      return hours.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
          day -> day.getValue().stream().map(one -> new Calendar.Opening(one.from(), one.to())).toList()));
    }
  }

  /// A calendar as HTTP shows it.
  @Schema(name = "Calendar")
  record CalendarView(
      UUID id, String name, String timeZone, Map<String, List<OpeningView>> hours, List<String> holidays, Instant createdAt, Instant updatedAt) {
    static CalendarView of(Calendar calendar) {
      return new CalendarView(calendar.id, calendar.name, calendar.timeZone, OpeningView.of(calendar.hours), calendar.holidays,
          calendar.createdAt, calendar.updatedAt);
    }
  }
}
