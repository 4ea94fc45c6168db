package dev.posthorn.channel;

/// The domains that the current tenant has proven to be its own. The room that asks the DNS comes later in the house, and
/// answers.
public interface ProvenDomains {
  /// Whether mail may come from addresses of this domain by a server that is not the domain's own.
  ///
  /// @param domain in lower case, in ASCII
  boolean include(String domain);
}
