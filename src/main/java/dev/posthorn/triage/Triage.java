package dev.posthorn.triage;

import dev.posthorn.intake.InboundMails;
import dev.posthorn.intake.InboundMails.Claim;
import dev.posthorn.intake.InboundState;
import dev.posthorn.tenant.Tenancy;
import dev.posthorn.tenant.TenantId;
import dev.posthorn.trace.Walks;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// The inbound story, in one direction: claim → fetch → parse → ask who sent it → screen → place → file. Mails of one tenant are filed in one
/// transaction; if that fails each is tried alone, so that a mail that cannot be filed stops no other.
@ApplicationScoped
class Triage {
  private final InboundMails inboundMails;
  private final MailReader reader;
  private final Holding holding;
  private final Reports reports;
  private final SetupMails setupMails;
  private final Filing filing;
  private final Mishaps mishaps;
  private final TriageConfig config;
  private final MeterRegistry meters;
  private final Walks walks;

  Triage(InboundMails inboundMails, MailReader reader, Holding holding, Reports reports, SetupMails setupMails, Filing filing, Mishaps mishaps, TriageConfig config,
      MeterRegistry meters, Walks walks) {
    this.inboundMails = inboundMails;
    this.reader = reader;
    this.holding = holding;
    this.reports = reports;
    this.setupMails = setupMails;
    this.filing = filing;
    this.mishaps = mishaps;
    this.config = config;
    this.meters = meters;
    this.walks = walks;
  }

  /// Counted from nothing on: of a series that begins at its first event, nobody sees that one rise.
  void countFromNothing(@Observes StartupEvent start) {
    Arrays.stream(InboundState.values()).filter(state -> state != InboundState.PENDING)
        .forEach(state -> meters.counter("posthorn.mail.filed", "outcome", state.word()));
    meters.counter("posthorn.mail.mishaps");
  }

  /// One look.
  ///
  /// @return whether there may be more at once
  boolean round() {
    var claims = inboundMails.claim(config.batch(), config.lease());
    claims.stream()
        .collect(Collectors.groupingBy(Claim::tenant, LinkedHashMap::new, Collectors.mapping(Claim::id, Collectors.toList())))
        .forEach((tenant, ids) -> Tenancy.run(tenant, () -> ofTenant(tenant, ids)));
    return claims.size() == config.batch();
  }

  private void ofTenant(TenantId tenant, List<UUID> ids) {
    try {
      together(tenant, ids);
    } catch (RuntimeException | Error e) {
      // Whatever it was: the others shall not wait for the one mail that it was about.
      ids.forEach(id -> alone(tenant, id));
    }
  }

  private void alone(TenantId tenant, UUID id) {
    try {
      together(tenant, List.of(id));
    } catch (RuntimeException | Error e) {
      mishaps.happened(id, e);
    }
  }

  private void together(TenantId tenant, List<UUID> ids) {
    var fetched = withoutHeld(reader.fetch(ids));
    if (!fetched.isEmpty()) {
      walks.<Void, RuntimeException>step("triage.file", SpanKind.CONSUMER, fetched.stream().map(one -> one.row().trace).toList(), step -> {
        step.says("tenant", tenant).counts("mails", fetched.size());
        file(fetched);
        return null;
      });
    }
  }

  private void file(List<MailReader.Fetched> fetched) {
    var readings = reader.read(fetched);
    try {
      var mails = readings.stream().filter(reading -> !reports.settle(reading) && !(SetupMails.mayBe(reading) && setupMails.settle(reading))).toList();
      if (!mails.isEmpty()) {
        filing.file(mails).forEach(filed -> count(filed.state()));
      }
    } finally {
      readings.forEach(Reading::close);
    }
  }

  private List<MailReader.Fetched> withoutHeld(List<MailReader.Fetched> fetched) {
    var off = fetched.stream().filter(one -> !one.team().emailHubEnabled)
        .collect(Collectors.groupingBy(one -> one.team().id, Collectors.mapping(one -> one.row().id, Collectors.toList())));
    var held = off.entrySet().stream().filter(team -> holding.hold(team.getKey(), team.getValue()))
        .flatMap(team -> team.getValue().stream()).collect(Collectors.toSet());
    return fetched.stream().filter(one -> {
      if (held.contains(one.row().id)) {
        one.raw().close();
      }
      return !held.contains(one.row().id);
    }).toList();
  }

  private void count(InboundState state) {
    meters.counter("posthorn.mail.filed", "outcome", state.word()).increment();
  }
}
