package dev.posthorn.triage;

import dev.posthorn.tenant.Tenant;
import java.time.Duration;
import java.util.Optional;

/// What a tenant has decided about threads.
///
/// @param subjectTag           the word of its tags in subjects
/// @param reopenWindow         how long after its end a ticket is opened again; none for ever (P-27)
/// @param splitOnSubjectChange whether an answer with another subject is a ticket of its own (P-22)
/// @param splitOnForward       whether a conversation that is forwarded to us alone is a ticket of its own (P-25)
record Policies(Optional<String> subjectTag, Optional<Duration> reopenWindow, boolean splitOnSubjectChange, boolean splitOnForward) {
  static final Policies NONE = new Policies(Optional.empty(), Optional.empty(), false, false);

  static Policies of(Tenant tenant) {
    return new Policies(Optional.ofNullable(tenant.subjectTag), Optional.ofNullable(tenant.reopenWindowDays).map(Duration::ofDays),
        tenant.splitOnSubjectChange, tenant.splitOnForward);
  }
}
