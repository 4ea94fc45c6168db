package dev.posthorn.trust;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.james.jspf.core.DNSRequest;
import org.apache.james.jspf.core.DNSService;
import org.apache.james.jspf.core.exceptions.TimeoutException;
import org.apache.james.jspf.executor.SynchronousSPFExecutor;
import org.apache.james.jspf.impl.SPF;
import org.xbill.DNS.Type;

/// Asks whether a host may send for a domain (RFC 7208). The library keeps the limits of section 4.6.4.
final class SpfCheck {
  /// The most records of one kind that are looked at (RFC 7208, section 4.6.4: ten).
  private static final int MOST_RECORDS = 10;

  private final SPF spf;

  SpfCheck(Lookup lookup) {
    var names = new Names(lookup);
    this.spf = new SPF(names, new SynchronousSPFExecutor(names));
  }

  /// @param domain the one that was asked about: of the return path, else of HELO (section 2.4)
  record Result(Verdict verdict, Optional<String> domain) {}

  /// The domain that is to be asked; empty where the envelope names none.
  static Optional<String> domain(Trust.Envelope envelope) {
    var domain = envelope.mailFrom().isEmpty() ? envelope.helo() : envelope.mailFrom().substring(envelope.mailFrom().lastIndexOf('@') + 1);
    return domain.isBlank() || domain.startsWith("[") || !domain.contains(".") ? Optional.empty() : Optional.of(domain.toLowerCase(Locale.ROOT));
  }

  Result check(Trust.Envelope envelope) {
    var domain = domain(envelope);
    if (domain.isEmpty()) {
      return new Result(Verdict.NONE, domain);
    }
    try {
      var result = spf.checkSPF(envelope.clientAddress(), envelope.mailFrom(), envelope.helo()).getResult();
      return new Result(Verdict.read(result).orElse(Verdict.PERMERROR), domain);
    } catch (RuntimeException e) {
      // Whatever stands in a stranger's record or envelope: nothing is proven by it.
      return new Result(Verdict.PERMERROR, domain);
    }
  }

  /// The library's questions, by way of our own lookups.
  private record Names(Lookup lookup) implements DNSService {
    @Override
    public List<String> getRecords(DNSRequest request) throws TimeoutException {
      try {
        var values = lookup.values(request.getHostname(), type(request.getRecordType()));
        return values.isEmpty() ? null : values;
      } catch (Lookup.Trouble e) {
        throw new TimeoutException(e.getMessage());
      }
    }

    private static int type(int asked) {
      return switch (asked) {
        case DNSRequest.A -> Type.A;
        case DNSRequest.AAAA -> Type.AAAA;
        case DNSRequest.MX -> Type.MX;
        case DNSRequest.PTR -> Type.PTR;
        default -> Type.TXT;
      };
    }

    @Override
    public CompletionStage<List<String>> getRecordsAsync(DNSRequest request) {
      try {
        return CompletableFuture.completedFuture(getRecords(request));
      } catch (TimeoutException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public List<String> getLocalDomainNames() {
      return List.of();
    }

    @Override
    public void setTimeOut(int seconds) {
      // The time of a question is the lookup's own.
    }

    @Override
    public int getRecordLimit() {
      return MOST_RECORDS;
    }

    @Override
    public void setRecordLimit(int limit) {
      // Fixed.
    }
  }
}
