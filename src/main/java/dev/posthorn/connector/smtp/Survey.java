package dev.posthorn.connector.smtp;

import java.io.IOException;
import java.io.InputStream;

/// What the server must be able to do for a mail, told from its bytes.
///
/// @param eightBit there is an octet above 127 somewhere: 8BITMIME (RFC 6152)
/// @param eightBitHeader there is one in the header: SMTPUTF8 (RFC 6531)
record Survey(boolean eightBit, boolean eightBitHeader) {

  static Survey of(InputStream mail) throws IOException {
    var buffer = new byte[8192];
    var eightBit = false;
    var eightBitHeader = false;
    var inHeader = true;
    var lineIsEmpty = true;
    for (var count = mail.read(buffer); count >= 0; count = mail.read(buffer)) {
      for (var i = 0; i < count; i++) {
        var octet = buffer[i];
        if (octet < 0) {
          eightBit = true;
          eightBitHeader |= inHeader;
        }
        if (octet == '\n') {
          inHeader &= !lineIsEmpty;
          lineIsEmpty = true;
        } else if (octet != '\r') {
          lineIsEmpty = false;
        }
      }
      if (eightBit && !inHeader) {
        break;
      }
    }
    return new Survey(eightBit, eightBitHeader);
  }
}
