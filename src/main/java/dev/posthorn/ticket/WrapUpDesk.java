package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.tenant.Ids;
import dev.posthorn.ticket.WrapUpCodeResource.NewWrapUpCode;
import dev.posthorn.ticket.WrapUpCodeResource.WrapUpCodeChange;
import dev.posthorn.ticket.WrapUpCodeResource.WrapUpCodeView;
import dev.posthorn.ticket.WrapUpReportResource.WrapUpCount;
import dev.posthorn.ticket.WrapUpReportResource.WrapUpReport;
import dev.posthorn.web.Cursor;
import dev.posthorn.web.Listing;
import dev.posthorn.web.MergePatch;
import dev.posthorn.web.Page;
import dev.posthorn.web.Preconditions;
import dev.posthorn.web.Refusal;
import dev.posthorn.web.Removal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// What HTTP may do with wrap-up codes. Each method is one transaction.
@ApplicationScoped
@Transactional
class WrapUpDesk {
  private static final int USUAL_DAYS = 30;

  private final WrapUpCodes codes;
  private final WrapUps wrapUps;
  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Clock clock;

  WrapUpDesk(WrapUpCodes codes, WrapUps wrapUps, Preconditions preconditions, MergePatch mergePatch, Clock clock) {
    this.codes = codes;
    this.wrapUps = wrapUps;
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.clock = clock;
  }

  Page<WrapUpCodeView> list(Listing listing) {
    return listing.answer(codes::page, row -> Cursor.at(row.id), WrapUpCodeView::of, codes::count);
  }

  WrapUpCodeView show(UUID id) {
    return WrapUpCodeView.of(existing(id));
  }

  WrapUpCodeView create(NewWrapUpCode wanted) {
    var row = new WrapUpCode();
    row.id = Ids.next();
    row.name = wanted.name();
    row.active = !Boolean.FALSE.equals(wanted.active());
    row.createdAt = clock.instant();
    row.updatedAt = row.createdAt;
    codes.persistAndFlush(row);
    return WrapUpCodeView.of(row);
  }

  WrapUpCodeView change(UUID id, ObjectNode patch) {
    var row = existing(id);
    preconditions.check(WrapUpCodeView.of(row));
    var wanted = mergePatch.apply(new WrapUpCodeChange(row.name, row.active), patch);
    if (!wanted.equals(new WrapUpCodeChange(row.name, row.active))) {
      row.name = wanted.name();
      row.active = wanted.active();
      row.updatedAt = clock.instant();
      codes.flush();
    }
    return WrapUpCodeView.of(row);
  }

  void remove(UUID id) {
    var row = existing(id);
    preconditions.check(WrapUpCodeView.of(row));
    Removal.of("wrap-up code", () -> {
      codes.delete(row);
      codes.flush();
    });
  }

  /// @param from 30 days before `to` where it is left out
  /// @param to now where it is left out
  WrapUpReport report(Instant from, Instant to, UUID queueId) {
    var end = to == null ? clock.instant() : to;
    var begin = from == null ? end.minus(USUAL_DAYS, ChronoUnit.DAYS) : from;
    return new WrapUpReport(begin, end, wrapUps.counts(begin, end, queueId).stream()
        .map(row -> new WrapUpCount((UUID) row[0], (UUID) row[1], (String) row[2], ((Number) row[3]).longValue())).toList());
  }

  private WrapUpCode existing(UUID id) {
    return codes.findByIdOptional(id).orElseThrow(() -> Refusal.notFound("wrap-up code"));
  }
}
