package dev.posthorn.ticket;

import dev.posthorn.mail.SubjectTag;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;

/// Puts the ticket's number into subjects that leave, where the tenant wants it.
@ApplicationScoped
class SubjectTags {
  private final Tenants tenants;
  private final CurrentTenant tenant;

  SubjectTags(Tenants tenants, CurrentTenant tenant) {
    this.tenants = tenants;
    this.tenant = tenant;
  }

  String tagged(String subject, Ticket ticket) {
    var word = tenants.findById(tenant.value()).subjectTag;
    return word == null ? subject : SubjectTag.tagged(subject, word, ticket.number);
  }
}
