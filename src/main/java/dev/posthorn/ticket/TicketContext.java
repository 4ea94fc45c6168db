package dev.posthorn.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.connector.LineWords;
import dev.posthorn.contact.ContactDesk;
import dev.posthorn.contact.ContactResource.ContactView;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import dev.posthorn.web.ContextConfig;
import dev.posthorn.wire.WebLine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What is known of the customer of a ticket: who it is, what else they asked, and what the tenant's own system says (TH-44). The
/// network is asked outside of any transaction.
@ApplicationScoped
class TicketContext {
  private static final int LATEST = 5;
  private static final Map<String, String> HEADERS = Map.of("Accept", "application/json", "User-Agent", "Posthorn");

  private final TicketScope scope;
  private final TicketViews views;
  private final ContactDesk contacts;
  private final Tenants tenants;
  private final CurrentTenant current;
  private final ContextConfig config;
  private final ObjectMapper json;
  private final WebLine line;
  private final Semaphore places;

  TicketContext(TicketScope scope, TicketViews views, ContactDesk contacts, Tenants tenants, CurrentTenant current, ContextConfig config,
      ObjectMapper json, WebLine line) {
    this.scope = scope;
    this.views = views;
    this.contacts = contacts;
    this.tenants = tenants;
    this.current = current;
    this.config = config;
    this.json = json;
    this.line = line;
    this.places = new Semaphore(config.concurrency());
  }

  /// The customer panel.
  ///
  /// @param tickets the newest others of the contact that the caller sees
  @Schema(name = "TicketContext")
  record ContextView(ContactView contact, List<TicketView> tickets, External external) {}

  /// What the tenant's own system says.
  ///
  /// @param state  `found`, `nothing`, `failed`, or `off` where the tenant has set no `contextUrl`
  /// @param data   the JSON document as it came; null where none did
  /// @param detail what went wrong; null where nothing did
  @Schema(name = "ExternalContext")
  record External(@Schema(enumeration = {"found", "nothing", "failed", "off"}) String state,
      @Schema(type = SchemaType.OBJECT) JsonNode data, String detail) {
    private static External failed(String detail) {
      return new External("failed", null, detail);
    }

    /// Says nothing of what was answered.
    @Override
    public String toString() {
      return "External[" + state + "]";
    }
  }

  private record Known(ContactView contact, List<TicketView> tickets, long number, String contextUrl) {}

  ContextView of(UUID ticketId) {
    var known = QuarkusTransaction.joiningExisting().call(() -> {
      var ticket = scope.ticket(ticketId);
      return new Known(contacts.show(ticket.contactId), views.latestOf(ticket.contactId, ticketId, LATEST), ticket.number,
          tenants.findById(current.value()).contextUrl);
    });
    return new ContextView(known.contact, known.tickets, external(known));
  }

  private External external(Known known) {
    if (known.contextUrl == null) {
      return new External("off", null, null);
    }
    if (!places.tryAcquire()) {
      return External.failed("Too many questions are under way.");
    }
    try {
      return answered(line.call("GET", asked(known), HEADERS, null, config.timeout(), config.maxBytes() + 1));
    } catch (IOException e) {
      return External.failed(LineWords.ofConnecting(e));
    } finally {
      places.release();
    }
  }

  private External answered(WebLine.Answer answer) {
    return switch (answer.status()) {
      case 200 -> answer.body().length > config.maxBytes() ? External.failed("it answers more than " + config.maxBytes() + " bytes")
          : read(answer.body());
      case 204, 404 -> new External("nothing", null, null);
      default -> External.failed("it answers " + answer.status());
    };
  }

  private static URI asked(Known known) {
    var contact = known.contact;
    var query = new StringBuilder(known.contextUrl).append(known.contextUrl.contains("?") ? '&' : '?').append("contactId=").append(contact.id())
        .append("&ticket=").append(known.number);
    contact.emails().stream().findFirst().ifPresent(email -> query.append("&email=").append(URLEncoder.encode(email, StandardCharsets.UTF_8)));
    if (contact.externalId() != null) {
      query.append("&externalId=").append(URLEncoder.encode(contact.externalId(), StandardCharsets.UTF_8));
    }
    return URI.create(query.toString());
  }

  private External read(byte[] document) {
    try {
      var data = json.readTree(document);
      return data != null && data.isContainerNode() ? new External("found", data, null) : External.failed("It answers no JSON object.");
    } catch (IOException e) {
      return External.failed("It answers no JSON.");
    }
  }
}
