package dev.posthorn.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready to take mail by SMTP: the listener is open, or switched off by configuration.
@Readiness
@ApplicationScoped
class SmtpReadiness implements HealthCheck {
  private final SmtpListener listener;
  private final SmtpConfig config;

  SmtpReadiness(SmtpListener listener, SmtpConfig config) {
    this.listener = listener;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("smtp").status(!config.enabled() || listener.isOpen()).build();
  }
}
