package dev.posthorn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopesTest {
  @ParameterizedTest
  @CsvSource({
    "tickets:read, GET, /api/v1/tickets, true",
    "tickets:read, HEAD, /api/v1/tickets/1/messages, true",
    "tickets:read, POST, /api/v1/tickets, false",
    "tickets:read, GET, /api/v1/messages/1, false",
    "tickets:read, GET, /api/v1/tickets-of-others, false",
    "tickets:write, POST, /api/v1/tickets/1/replies, true",
    "tickets:write, GET, /api/v1/tickets, false",
    "tickets:write, DELETE, /api/v1/tickets/1/assignee, true",
    "*:read, GET, /api/v1/contacts, true",
    "*:read, PATCH, /api/v1/contacts/1, false",
    "mails:write, POST, /api/v1/inbound-channels/1/mails, true",
    "texts:write, POST, /api/v1/inbound-channels/1/texts, true",
    "texts:write, POST, /api/v1/inbound-channels/1/text-receipts, true",
    "texts:write, POST, /api/v1/inbound-channels/1/mails, false",
    "mails:write, PATCH, /api/v1/inbound-channels/1, false",
    "inbound-channels:write, POST, /api/v1/inbound-channels/1/mails, false",
    "tickets:read, GET, /api/v1/session, true",
    "tickets:read, GET, /problems/gone, false",
    "*:read, GET, /api;x/v1/tickets, false",
    "*:read, GET, /api/v1;x/tickets, false",
    "tickets:write, POST, /api/v1;x/api-keys, false",
    "tickets:write, POST, /api/v1/api-keys;x, false",
    "mails:write, POST, /api/v1/inbound-channels/1/mails/, true",
    "inbound-channels:write, POST, /api/v1/inbound-channels/1/mails/, false",
    "inbound-channels:write, POST, /api/v1/inbound-channels/1/texts//, false",
    "tickets:read, GET, /api/v1/, false",
  })
  void aScopeIsGoodForItsPartOfTheApiAlone(String word, String method, String path, boolean allowed) {
    assertThat(Scopes.of(List.of(word), ScopeGroups.ALL).allow(method, path)).isEqualTo(allowed);
  }

  @Test
  void withoutScopesAKeyIsGoodForAllThatItsRoleAllows() {
    assertThat(Scopes.of(null, ScopeGroups.ALL).allow("DELETE", "/api/v1/teams/1")).isTrue();
    assertThat(Scopes.ALL.words()).isNull();
  }

  @Test
  void everyPartOfTheApiHasAWord() throws IOException {
    var groups = new TreeSet<String>();
    new ObjectMapper().readTree(Path.of("docs/openapi.json").toFile()).get("paths").fieldNames().forEachRemaining(path -> {
      if (path.startsWith("/api/v1/")) {
        groups.add(Scopes.group(path));
      }
    });
    // The operator's own, which no tenant has a key for; and who calls, which everybody may ask.
    groups.removeAll(Set.of("tenants", "session", "key-rotation"));
    groups.add("*");

    assertThat(ScopeGroups.ALL).containsExactlyInAnyOrderElementsOf(groups);
  }

  @ParameterizedTest
  @CsvSource({"tickets", "tickets:all", "tenants:read", "Tickets:read", "':read'", "'tickets:read '"})
  void wordsThatMeanNothingAreRefused(String word) {
    assertThatThrownBy(() -> Scopes.of(List.of(word), ScopeGroups.ALL)).isInstanceOf(Refusal.class).hasMessageContaining("tickets:read");
  }
}
