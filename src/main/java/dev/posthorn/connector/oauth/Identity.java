package dev.posthorn.connector.oauth;

/// Who signed in, as the provider says it under its signature.
///
/// @param directory Entra's `tid`; for Google the domain, or nothing
/// @param subject immutable within the directory: Entra's `oid`, Google's `sub`. With the directory it is the identity; an address
///   never is
/// @param address what they sign in with; their mailbox has it, as a rule
public record Identity(String directory, String subject, String address) {
  /// The directory of all personal accounts of Microsoft.
  public static final String PERSONAL_ACCOUNTS = "9188040d-6c67-4c5b-b112-36a304b66dad";

  /// Whether it is the same person (P-06).
  public boolean isSame(String otherDirectory, String otherSubject) {
    return directory.equals(otherDirectory) && subject.equals(otherSubject);
  }
}
