package dev.posthorn.connector.discovery;

import java.util.List;

/// Answers of the domain name system. No answer, and no such name, are empty lists.
public interface NameServer {
  /// A server that a domain names for a service (RFC 2782).
  ///
  /// @param target `.` says that there is no such service
  record Service(int priority, int weight, int port, String target) {}

  List<Service> services(String name);

  /// The servers that take the domain's mail, the preferred one first.
  List<String> mailExchangers(String domain);
}
