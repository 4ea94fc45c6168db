/// People sign in: at providers that the operator has registered, by OpenID Connect. Whoever comes the first time founds a tenant,
/// accepts an invitation, or joins by the domain of a verified address; then a session is kept in a sealed cookie.
///
/// - Who somebody is: the issuer and its subject. An address opens nothing, but for a domain that the tenant has proven, and only
///   where the provider says that the address is verified.
/// - Nothing of a provider's tokens is kept.
/// - A session, a token and a key are looked at again every few seconds: who is not active is out.
///
/// Tables: `login`, `login_session`, `invitation`, `sign_in_domain`.
package dev.posthorn.login;
