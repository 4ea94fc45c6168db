package dev.posthorn.connector.smtp;

import java.io.IOException;

/// The other end hung up, or said what is no SMTP answer.
final class LineDied extends IOException {

  LineDied(String why) {
    super(why);
  }
}
