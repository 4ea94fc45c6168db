package dev.posthorn.connector.discovery;

import dev.posthorn.connector.Encryption;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Reads the file that a provider publishes for mail programs (`config-v1.1.xml`). A stranger wrote it: no document type, no
/// entities, nothing from elsewhere.
final class AutoconfigFile {
  private AutoconfigFile() {}

  /// Nothing for what is no such file, or names no IMAP or no SMTP server.
  static Optional<MailPlaces> read(byte[] xml, String address) {
    try {
      var factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      var root = builder.parse(new ByteArrayInputStream(xml)).getDocumentElement();
      return server(root, "incomingServer", "imap").flatMap(in -> place(in, address)
          .flatMap(imap -> server(root, "outgoingServer", "smtp").flatMap(out -> place(out, address))
              .map(smtp -> new MailPlaces(imap, smtp, filled(text(in, "username"), address)))));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("This Java runtime reads no XML", e);
    } catch (SAXException | IOException e) {
      return Optional.empty();
    }
  }

  /// The first of that type that is encrypted, else the first.
  private static Optional<Element> server(Element root, String name, String type) {
    var all = root.getElementsByTagName(name);
    var found = IntStream.range(0, all.getLength()).mapToObj(all::item).map(Element.class::cast)
        .filter(server -> server.getAttribute("type").equalsIgnoreCase(type)).toList();
    return found.stream().filter(server -> !security(server).equals(Encryption.NONE)).findFirst().or(() -> found.stream().findFirst());
  }

  private static Optional<ServerPlace> place(Element server, String address) {
    try {
      return Optional.of(new ServerPlace(filled(text(server, "hostname"), address), Integer.parseInt(text(server, "port")), security(server)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Encryption security(Element server) {
    return switch (text(server, "socketType").toUpperCase(Locale.ROOT)) {
      case "SSL", "TLS" -> Encryption.TLS;
      case "STARTTLS" -> Encryption.STARTTLS;
      default -> Encryption.NONE;
    };
  }

  private static String filled(String text, String address) {
    int at = address.lastIndexOf('@');
    return text.isEmpty() ? address : text.replace("%EMAILADDRESS%", address).replace("%EMAILLOCALPART%", address.substring(0, at))
        .replace("%EMAILDOMAIN%", address.substring(at + 1));
  }

  private static String text(Element server, String name) {
    var found = server.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
  }
}
