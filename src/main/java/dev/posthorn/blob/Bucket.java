package dev.posthorn.blob;

import dev.posthorn.mail.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/// Where bytes may lie beside PostgreSQL: objects by name, written once and never changed. Asked outside of transactions that
/// write.
interface Bucket {
  /// Writes an object whole, or not at all.
  ///
  /// @param sha256 what the bytes must have for the bucket to take them
  /// @param bytes opens them; asked again where a try is repeated
  /// @throws IOException the bucket does not answer, or does not want them
  void put(String object, Sha256 sha256, long size, Supplier<InputStream> bytes) throws IOException;

  /// The bytes of an object from that one on.
  ///
  /// @throws IOException the bucket does not answer, or has no such object
  InputStream get(String object, long from) throws IOException;

  /// Deletes an object; one that is not there is deleted.
  void delete(String object) throws IOException;
}
