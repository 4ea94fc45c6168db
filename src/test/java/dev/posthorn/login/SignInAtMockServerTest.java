package dev.posthorn.login;

import dev.posthorn.support.CustomerServer;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;

/// The contract with mock-oauth2-server.
@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = CustomerServer.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ProviderServer.class)
class SignInAtMockServerTest implements SignInContract {
  @Inject Session rows;

  private Reception reception;

  @BeforeEach
  void open() {
    reception = new Reception(new BelievingDoorkeeper(), rows);
  }

  @Override
  public Reception reception() {
    return reception;
  }
}
