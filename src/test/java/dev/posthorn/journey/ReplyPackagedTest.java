package dev.posthorn.journey;

import dev.posthorn.support.PackagedPosthorn;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/// Answers leave: the same as [ReplyJourneyTest], against the package, for the JVM or native.
@QuarkusIntegrationTest
@WithTestResource(value = PackagedPosthorn.class, scope = TestResourceScope.GLOBAL)
@Tag("packaged")
class ReplyPackagedTest extends ReplyJourneyTest {}
