package dev.posthorn.search;

import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.Refusal;
import jakarta.enterprise.context.ApplicationScoped;

/// Reads what clients ask for.
@ApplicationScoped
public class Questions {
  private final Tenants tenants;
  private final CurrentTenant tenant;
  private final SearchConfig config;

  Questions(Tenants tenants, CurrentTenant tenant, SearchConfig config) {
    this.tenants = tenants;
    this.tenant = tenant;
    this.config = config;
  }

  /// @throws Refusal 400 for one without a word to look for, too long, or of too many words
  public Question read(String text) {
    if (text.length() > config.maxQueryLength()) {
      throw Refusal.badRequest("q", "At most " + config.maxQueryLength() + " characters.");
    }
    var question = Question.of(text, tenants.findById(tenant.value()).locale);
    if (question.wanted().isEmpty()) {
      throw Refusal.badRequest("q", "At least one word to look for.");
    }
    if (question.size() > config.maxQueryWords()) {
      throw Refusal.badRequest("q", "At most " + config.maxQueryWords() + " words.");
    }
    return question;
  }
}
