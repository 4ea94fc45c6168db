package dev.posthorn.tenant;

import java.util.Optional;

/// On whose behalf the running code works. Workers say it with [#in]; for HTTP the authentication filter says it through
/// [TenantOfRequest]. Without either there is no tenant, and the database shows no rows.
public final class Tenancy {
  private static final ScopedValue<TenantId> CURRENT = ScopedValue.newInstance();

  private Tenancy() {}

  /// Runs the work on behalf of one tenant; every transaction begun inside is bound to it.
  public static <T, X extends Throwable> T in(TenantId tenant, ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, tenant).call(work);
  }

  /// The same for work without a result.
  public static void run(TenantId tenant, Runnable work) {
    ScopedValue.where(CURRENT, tenant).run(work);
  }

  static Optional<TenantId> scoped() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }
}
