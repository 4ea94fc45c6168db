package dev.posthorn.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.posthorn.support.House;
import dev.posthorn.support.SampleMail;
import dev.posthorn.support.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class LaggardsTest {
  /// More than any other test leaves in a queue.
  private static final int MANY = 12;

  @Inject House house;
  @Inject Laggards laggards;
  @Inject FiguresConfig config;

  @Test
  void aQueueInWhichTicketsWaitIsToldByName() {
    var lodger = house.lodger();
    for (int i = 0; i < MANY; i++) {
      house.filed(lodger, SampleMail.from("anna@customer.example").to(lodger.address()).subject("Cold " + i).bytes());
    }

    laggards.round();

    assertThat(RestAssured.get("/q/metrics").asString().lines()
        .filter(line -> line.startsWith("posthorn_queue_waiting{") && line.contains("tenant=\"" + lodger.tenant() + "\""))).singleElement().asString()
        .endsWith(" " + (double) MANY);
  }

  @Test
  void noMoreAreToldThanIsSaid() {
    assertThat(laggards.now().stream().collect(Collectors.groupingBy(Laggards.Laggard::what, Collectors.counting())).values())
        .allMatch(count -> count <= config.atMost());
  }
}
