package dev.posthorn.support;

/// Delivery reports as servers write them (RFC 3464).
public final class Reports {
  private Reports() {}

  /// @param to who sent what failed
  /// @param failed for whom it did
  /// @param original the Message-ID of what failed
  public static SampleMail of(String to, String failed, String action, String status, String words, String original) {
    return SampleMail.from("MAILER-DAEMON@mx.customer.example").to(to).subject("Undelivered Mail Returned to Sender")
        .header("Auto-Submitted", "auto-replied").header("MIME-Version", "1.0")
        .header("Content-Type", "multipart/report; report-type=delivery-status; boundary=b")
        .body("--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.customer.example\n\n"
            + "Final-Recipient: rfc822; " + failed + "\nAction: " + action + "\nStatus: " + status + "\nDiagnostic-Code: smtp; " + words
            + "\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + original + ">\nSubject: Re: x\n\n--b--\n");
  }
}
