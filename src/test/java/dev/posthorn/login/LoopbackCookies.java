package dev.posthorn.login;

import java.net.CookieManager;
import java.net.CookieStore;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;

/// Cookies as browsers keep them on this machine: what is `Secure` goes over plain lines to 127.0.0.1 too, which counts as a safe place
/// (W3C Secure Contexts, section 3.1), and a version says nothing (RFC 6265, section 5.2). The JDK's store would keep the first back, and
/// send the second in the manner of RFC 2965.
final class LoopbackCookies implements CookieStore {
  private final CookieStore store = new CookieManager().getCookieStore();

  @Override
  public void add(URI uri, HttpCookie cookie) {
    cookie.setSecure(false);
    cookie.setVersion(0);
    store.add(uri, cookie);
  }

  @Override
  public List<HttpCookie> get(URI uri) {
    return store.get(uri);
  }

  @Override
  public List<HttpCookie> getCookies() {
    return store.getCookies();
  }

  @Override
  public List<URI> getURIs() {
    return store.getURIs();
  }

  @Override
  public boolean remove(URI uri, HttpCookie cookie) {
    return store.remove(uri, cookie);
  }

  @Override
  public boolean removeAll() {
    return store.removeAll();
  }
}
