package dev.posthorn.journey;

import dev.posthorn.support.PackagedPosthorn;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Tag;

/// Who is believed: the same as [TrustJourneyTest], against the package, for the JVM or native.
@QuarkusIntegrationTest
@TestProfile(TrustJourneyTest.WithDns.class)
@WithTestResource(value = PackagedPosthorn.class, scope = TestResourceScope.GLOBAL)
@Tag("packaged")
class TrustPackagedTest extends TrustJourneyTest {}
