package dev.posthorn.sla;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.sla.CalendarResource.CalendarFields;
import dev.posthorn.sla.CalendarResource.CalendarView;
import dev.posthorn.sla.CalendarResource.OpeningView;
import dev.posthorn.tenant.Ids;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.UUID;
import java.util.stream.Collectors;

/// What HTTP may do with calendars. Each method is one transaction.
@ApplicationScoped
@Transactional
class CalendarDesk {
  private final Calendars calendars;
  private final Priorities priorities;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Event<PaceChanged> changed;
  private final Clock clock;

  CalendarDesk(Calendars calendars, Priorities priorities, Preconditions preconditions, MergePatch mergePatch,
      Event<PaceChanged> changed, Clock clock) {
    this.calendars = calendars;
    this.priorities = priorities;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.changed = changed;
    this.clock = clock;
  }

  Page<CalendarView> list(Listing listing) {
    return listing.answer(calendars::page, calendar -> Cursor.at(calendar.id), CalendarView::of, calendars::count);
  }

  CalendarView show(UUID id) {
    return CalendarView.of(existing(id));
  }

  CalendarView create(CalendarFields wanted) {
    var calendar = new Calendar();
    calendar.id = Ids.next();
    calendar.createdAt = clock.instant();
    write(calendar, wanted);
    calendars.persistAndFlush(calendar);
    return CalendarView.of(calendar);
  }

  CalendarView change(UUID id, ObjectNode patch) {
    var calendar = existing(id);
    preconditions.check(CalendarView.of(calendar));
    var current = CalendarFields.of(calendar);
    var wanted = mergePatch.apply(current, patch);
    if (!wanted.equals(current)) {
      write(calendar, wanted);
      calendars.flush();
      var using = priorities.list("calendarId", id).stream().map(priority -> priority.id).collect(Collectors.toSet());
      changed.fire(new PaceChanged(using));
    }
    return CalendarView.of(calendar);
  }

  void remove(UUID id) {
    var calendar = existing(id);
    preconditions.check(CalendarView.of(calendar));
    Removal.of("calendar", () -> {
      calendars.delete(calendar);
      calendars.flush();
    });
  }

  private void write(Calendar calendar, CalendarFields wanted) {
    check(wanted);
    calendar.name = wanted.name();
    calendar.timeZone = wanted.timeZone();
    calendar.hours = OpeningView.rows(wanted.hours());
    calendar.holidays = wanted.holidays().stream().distinct().sorted().toList();
    calendar.updatedAt = clock.instant();
  }

  private static void check(CalendarFields wanted) {
    try {
      Calendar.businessHours(wanted.timeZone(), OpeningView.rows(wanted.hours()), wanted.holidays());
    } catch (DateTimeException e) {
      throw Refusal.unprocessable("/holidays", "Each is a day that exists, as in 2026-12-25.");
    } catch (IllegalArgumentException e) {
      throw Refusal.unprocessable("/hours", e.getMessage() + ".");
    }
  }

  private Calendar existing(UUID id) {
    return calendars.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("calendar"));
  }

}
