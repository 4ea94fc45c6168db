package dev.posthorn.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthorn.archive.ExportRows.Exported;
import dev.posthorn.archive.ExportRows.Mail;
import dev.posthorn.archive.Lines.ContactLine;
import dev.posthorn.archive.Lines.Manifest;
import dev.posthorn.blob.Blobs;
import dev.posthorn.mail.RawMail;
import dev.posthorn.mail.Spool;
import dev.posthorn.tenant.CurrentTenant;
import dev.posthorn.tenant.Tenants;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes an export: a zip with `manifest.json`, `contacts.jsonl`, `tickets.jsonl`, each mail as it is in `mails/`, and all of them in `mails.mbox`.
/// Nothing is in memory but one ticket at a time.
@ApplicationScoped
class ExportWriting {
  private static final UUID FIRST = new UUID(0, 0);

  private final ExportRows rows;
  private final Archives archives;
  private final Blobs blobs;
  private final Tenants tenants;
  private final CurrentTenant tenant;
  private final ArchiveConfig config;
  private final ObjectMapper json;
  private final Clock clock;

  ExportWriting(ExportRows rows, Archives archives, Blobs blobs, Tenants tenants, CurrentTenant tenant, ArchiveConfig config, ObjectMapper json, Clock clock) {
    this.rows = rows;
    this.archives = archives;
    this.blobs = blobs;
    this.tenants = tenants;
    this.tenant = tenant;
    this.config = config;
    this.json = json.copy().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.clock = clock;
  }

  void run(Archive export) throws IOException {
    try (var spool = new Spool(Long.MAX_VALUE, config.memoryBytes())) {
      int tickets = write(export.id(), spool);
      try (RawMail bytes = spool.toRawMail()) {
        boolean there = QuarkusTransaction.requiringNew().call(() -> {
          boolean wanted = archives.exported(export.id(), bytes.sha256(), bytes.size(), tickets);
          if (wanted) {
            blobs.put(bytes.sha256(), bytes.size(), bytes.open());
          }
          return wanted;
        });
        if (!there) {
          archives.turned(export.id());
        }
      }
    }
  }

  private int write(UUID id, OutputStream out) throws IOException {
    int tickets = 0;
    // Not closed, only finished: what it writes to is read afterwards.
    var zip = new ZipOutputStream(out);
    var name = QuarkusTransaction.requiringNew().call(() -> tenants.findById(tenant.value()).name);
    begin(zip, "manifest.json");
    line(zip, new Manifest(Manifest.FORMAT, Manifest.VERSION, name, clock.instant()));
    begin(zip, "contacts.jsonl");
    for (List<ContactLine> page = rows.contacts(FIRST, config.exportBatch()); !page.isEmpty(); page = rows.contacts(page.getLast().id(), config.exportBatch())) {
      for (var contact : page) {
        line(zip, contact);
      }
    }
    begin(zip, "tickets.jsonl");
    for (List<Exported> page = tickets(FIRST); !page.isEmpty(); page = tickets(page.getLast().line().id())) {
      for (var ticket : page) {
        line(zip, ticket.line());
        tickets++;
      }
      archives.alive(id, tickets);
    }
    mails(id, tickets, zip);
    mbox(id, tickets, zip);
    zip.finish();
    return tickets;
  }

  private void mails(UUID id, int tickets, ZipOutputStream zip) throws IOException {
    for (List<Exported> page = tickets(FIRST); !page.isEmpty(); page = tickets(page.getLast().line().id())) {
      for (var ticket : page) {
        for (var mail : ticket.mails()) {
          if (mail.raw() != null) {
            begin(zip, mail.line().mail());
            try (InputStream bytes = blobs.open(mail.raw())) {
              bytes.transferTo(zip);
            }
          }
        }
      }
      archives.alive(id, tickets);
    }
  }

  private void mbox(UUID id, int tickets, ZipOutputStream zip) throws IOException {
    begin(zip, "mails.mbox");
    for (List<Exported> page = tickets(FIRST); !page.isEmpty(); page = tickets(page.getLast().line().id())) {
      for (var ticket : page) {
        for (Mail mail : ticket.mails()) {
          if (mail.raw() != null) {
            MboxMails.write(zip, mail.line().from().address(), mail.line().at(), blobs.open(mail.raw()));
          }
        }
      }
      archives.alive(id, tickets);
    }
  }

  private List<Exported> tickets(UUID after) {
    return rows.tickets(after, config.exportBatch());
  }

  private static void begin(ZipOutputStream zip, String name) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
  }

  private void line(OutputStream out, Object value) throws IOException {
    json.writeValue(out, value);
    out.write('\n');
  }
}
