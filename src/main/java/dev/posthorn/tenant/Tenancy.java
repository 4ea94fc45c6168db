package dev.posthorn.tenant;

import io.quarkus.arc.Arc;
import java.util.Optional;

/// On whose behalf the running code works. Workers say it with [#in]; for HTTP the authentication filter says it through
/// [TenantOfRequest]. Without either there is no tenant, and the database shows no rows.
public final class Tenancy {
  private static final ScopedValue<TenantId> CURRENT = ScopedValue.newInstance();

  private Tenancy() {}

  /// Runs the work on behalf of one tenant; every transaction begun inside is bound to it.
  public static <T, X extends Throwable> T in(TenantId tenant, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, tenant).call(() -> inRequest(work));
  }

  /// The same for work without a result.
  public static void run(TenantId tenant, Runnable work) {
    Tenancy.<Void, RuntimeException>in(tenant, () -> {
      work.run();
      return null;
    });
  }

  /// Quarkus asks for the tenant of a Hibernate session only while a request context is active; a worker has none.
  private static <T, X extends Throwable> T inRequest(ScopedValue.CallableOp<T, X> work) throws X {
    var request = Arc.container().requestContext();
    if (request.isActive()) {
      return work.call();
    }
    request.activate();
    try {
      return work.call();
    } finally {
      request.terminate();
    }
  }

  static Optional<TenantId> scoped() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
