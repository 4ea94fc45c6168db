package dev.posthorn.mail;

import java.io.IOException;

/// A list of MAPI properties as it stands in a winmail.dat ([MS-OXTNEF], section 2.1.3.4).
final class MapiProperties {

  // [MS-OXPROPS]: what each property is called there stands behind it.
  static final int SUBJECT = 0x0037;             // PidTagSubject
  static final int BODY = 0x1000;                // PidTagBody
  static final int RTF = 0x1009;                 // PidTagRtfCompressed
  static final int HTML = 0x1013;                // PidTagHtml, PidTagBodyHtml
  static final int DISPLAY_NAME = 0x3001;        // PidTagDisplayName
  static final int ATTACH_DATA = 0x3701;         // PidTagAttachDataBinary, PidTagAttachDataObject
  static final int ATTACH_FILENAME = 0x3704;     // PidTagAttachFilename
  static final int ATTACH_METHOD = 0x3705;       // PidTagAttachMethod
  static final int ATTACH_LONG_FILENAME = 0x3707; // PidTagAttachLongFilename
  static final int ATTACH_MIME_TAG = 0x370E;     // PidTagAttachMimeTag
  static final int ATTACH_CONTENT_ID = 0x3712;   // PidTagAttachContentId
  static final int CODE_PAGE = 0x3FDE;           // PidTagInternetCodepage

  static final int STRING_8 = 0x001E;
  static final int UNICODE = 0x001F;
  static final int BINARY = 0x0102;
  static final int OBJECT = 0x000D;

  private static final int SEVERAL = 0x1000;
  private static final int FIRST_NAMED = 0x8000;

  private MapiProperties() {
  }

  /// Takes the properties one by one.
  @FunctionalInterface
  interface Taker {

    /// @param value the bytes of it; what is left of them is passed over
    void take(int id, int type, LittleEndian value) throws IOException;
  }

  /// Reads a list to its end, or to where it makes no sense.
  ///
  /// @throws java.io.EOFException if it breaks off
  static void read(LittleEndian in, Taker taker) throws IOException {
    for (int left = in.count(); left > 0; left--) {
      int said = in.two();
      int id = in.two();
      if (id >= FIRST_NAMED) {
        skipName(in);
      }
      int type = said & ~SEVERAL;
      boolean several = said != type;
      int size = fixedSize(type);
      int count = several || size < 0 ? in.count() : 1;
      for (int values = size == 0 ? 0 : count; values > 0; values--) { // of nothing, any number costs nothing
        int length = size < 0 ? in.count() : size;
        LittleEndian value = in.part(length);
        taker.take(id, type, value);
        value.drain();
        in.skipNBytes(Math.min(in.left(), -length & 3)); // padded to whole fours
      }
    }
  }

  /// A GUID, and a number or a name.
  private static void skipName(LittleEndian in) throws IOException {
    in.skipNBytes(16);
    int kind = in.four();
    if (kind == 0) {
      in.four();
    } else {
      int length = in.count();
      in.skipNBytes(Math.min(in.left(), length + (-length & 3)));
    }
  }

  /// Bytes of a value of this type ([MS-OXCDATA], section 2.11.1); -1 if it says its length itself.
  private static int fixedSize(int type) {
    return switch (type) {
      case 0x0002, 0x000B -> 2;
      case 0x0003, 0x0004, 0x000A -> 4;
      case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040 -> 8;
      case 0x0048 -> 16;
      case 0x0001 -> 0;
      default -> -1;
    };
  }
}
