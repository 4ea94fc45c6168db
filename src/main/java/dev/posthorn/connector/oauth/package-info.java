/// Sign-in at providers, and the tokens that come of it: Microsoft Entra ID and Google (OAuth 2.0, RFC 6749; OpenID Connect).
///
/// This room asks providers and reads no tables: what is kept of a grant, and who refreshes it, is the caller's.
package dev.posthorn.connector.oauth;
