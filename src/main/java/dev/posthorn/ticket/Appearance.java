package dev.posthorn.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/// How mail of a team, or of a tenant's teams that have none of their own, looks (OD-28).
@Entity
@Table(name = "mail_appearance")
class Appearance {
  @TenantId
  @Column(columnDefinition = "uuid")
  String tenantId;

  /// The team's id, or the tenant's own.
  @Id UUID scopeId;

  /// Cleaned.
  String headerHtml;

  String footerHtml;

  /// `#rrggbb`; null for whatever the reader's program takes.
  String textColor;

  String backgroundColor;
  String accentColor;
  Instant updatedAt;
  @Version long version;

  /// What was written, as it is to be seen.
  String around(String html) {
    var style = new StringBuilder();
    add(style, "color", textColor);
    add(style, "background-color", backgroundColor);
    var line = accentColor == null ? "" : " style=\"border-bottom: 3px solid " + accentColor + "\"";
    return "<div" + (style.isEmpty() ? "" : " style=\"" + style + "\"") + ">"
        + (headerHtml.isBlank() && accentColor == null ? "" : "<div" + line + ">" + headerHtml + "</div>")
        + "<div>" + html + "</div>"
        + (footerHtml.isBlank() ? "" : "<div>" + footerHtml + "</div>")
        + "</div>";
  }

  private static void add(StringBuilder style, String property, String value) {
    if (value != null) {
      style.append(style.isEmpty() ? "" : "; ").append(property).append(": ").append(value);
    }
  }
}
