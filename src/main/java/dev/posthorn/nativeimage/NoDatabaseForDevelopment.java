package dev.posthorn.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.posthorn.workbench.DevDatabase;

/// Development starts on a JVM, whose build brings an embedded PostgreSQL; the library that starts it is not packed, and an image
/// is built of what is there.
@TargetClass(DevDatabase.class)
final class NoDatabaseForDevelopment {
  private NoDatabaseForDevelopment() {}

  @Substitute
  public static void startForDevelopment() {
    throw new IllegalStateException("posthorn.workbench.start is for development, on a JVM; this is a native image");
  }
}
