package dev.posthorn.web;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On every POST: a request with an `Idempotency-Key` is done once, and answered the same whenever it comes again with
/// that key. The method runs in one transaction together with the row that keeps its answer, so it must not touch the
/// network. Streams, which cannot be compared, say [NotIdempotent] instead.
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Idempotent {
  /// Whether the answer holds a secret that is stored nowhere else. It is then kept encrypted under the caller's own key,
  /// which is not stored either.
  @Nonbinding
  boolean answersSecret() default false;

  /// Whether the method has to touch the network before it writes. It then runs in no transaction of this annotation's and
  /// begins its own when it writes; the answer is kept just afterwards. A node that dies in between, or two requests with one
  /// key at the same moment, do the work again: so it must be work that a unique key of the database keeps from being done
  /// twice. What was asked is kept as a hash under the caller's key, for it may hold a password.
  @Nonbinding
  boolean touchesNetwork() default false;
}
