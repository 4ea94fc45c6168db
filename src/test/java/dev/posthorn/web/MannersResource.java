package dev.posthorn.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthorn.tenant.Ids;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

/// Operations that do nothing but exercise the manners.
@Path("/api/v1/test-manners")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.AGENT})
@RunOnVirtualThread
class MannersResource {
  static final AtomicInteger DONE = new AtomicInteger();
  static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();

  enum Color { RED, GREEN }

  record Inner(@Max(10) Integer number, Color color) {}

  record Thing(@NotBlank @Size(max = 20) String name, boolean shared, Integer count, UUID owner, Instant due, @Valid Inner inner, List<@Valid @NotNull Inner> inners, Map<String, String> labels) {}

  private final Preconditions preconditions;
  private final MergePatch mergePatch;
  private final Caller caller;
  private final UseCase useCase;

  MannersResource(Preconditions preconditions, MergePatch mergePatch, Caller caller, UseCase useCase) {
    this.preconditions = preconditions;
    this.mergePatch = mergePatch;
    this.caller = caller;
    this.useCase = useCase;
  }

  static Thing thing() {
    return new Thing("one", true, 1, null, null, null, null, Map.of("a", "b"));
  }

  @GET
  @Path("things/{id}")
  @Operation(hidden = true)
  public Thing show(@PathParam("id") UUID id) {
    return thing();
  }

  @PATCH
  @Path("things/{id}")
  @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
  @Operation(hidden = true)
  public Thing change(@PathParam("id") UUID id, ObjectNode patch) {
    preconditions.check(thing());
    return mergePatch.apply(thing(), patch);
  }

  @POST
  @Path("things")
  @Idempotent
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public RestResponse<Thing> create(@Valid @NotNull Thing thing) {
    var number = DONE.incrementAndGet();
    return RestResponse.ResponseBuilder.<Thing>created(URI.create("/api/v1/test-manners/things/" + Ids.next()))
        .entity(new Thing(thing.name(), thing.shared(), number, thing.owner(), thing.due(), null, null, null)).build();
  }

  /// Writes a row, waits where a gate of that name is closed, and refuses where it is asked to.
  @POST
  @Path("rows/{name}")
  @Idempotent
  @Operation(hidden = true)
  public Thing row(@PathParam("name") String name, @QueryParam("refuse") boolean refuse) {
    DONE.incrementAndGet();
    useCase.write(name, refuse);
    return thing();
  }

  @DELETE
  @Path("things/{id}")
  @Operation(hidden = true)
  public void delete(@PathParam("id") UUID id) {
    preconditions.check(thing());
  }

  @GET
  @Path("numbers")
  @Operation(hidden = true)
  public Page<Thing> numbers(@BeanParam PageRequest page, @QueryParam("size") @Max(100) Integer size, @QueryParam("owner") UUID owner) {
    return page.of("numbers", size, owner).answer(useCase::numbers, row -> Cursor.at(row.count(), row.owner()), () -> useCase.size());
  }

  @GET
  @Path("others")
  @Operation(hidden = true)
  public Page<Thing> others(@BeanParam PageRequest page) {
    return page.of("others").answer(useCase::numbers, row -> Cursor.at(row.count(), row.owner()), () -> useCase.size());
  }

  @GET
  @Path("caller")
  @Operation(hidden = true)
  public Map<String, String> caller() {
    return Map.of("role", caller.role().word(), "keyId", caller.keyId(), "tenant", String.valueOf(caller.tenant().orElse(null)),
        "thread", String.valueOf(Thread.currentThread().isVirtual()));
  }

  @GET
  @Path("mishaps/{kind}")
  @Operation(hidden = true)
  public Thing mishap(@PathParam("kind") String kind) throws IOException {
    switch (kind) {
      case "bug" -> throw new IllegalStateException("secret words of dev.posthorn.Inside");
      case "checked" -> throw new IOException("secret words of dev.posthorn.Inside");
      case "locked" -> throw new IllegalStateException(new OptimisticLockException());
      case "conflict" -> throw Refusal.conflict("The name is taken.");
      case "trouble" -> throw Trouble.unavailable("Come back.", Duration.ofMillis(1500));
      case "duplicate" -> useCase.duplicate();
      default -> throw Refusal.notFound("mishap");
    }
    return thing();
  }

  @GET
  @Path("operator")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(hidden = true)
  public Map<String, String> operator() {
    return Map.of("tenant", String.valueOf(caller.tenant().orElse(null)));
  }

  @GET
  @Path("unannotated-cache")
  @Operation(hidden = true)
  public RestResponse<Map<String, String>> ownHeaders() {
    return RestResponse.ResponseBuilder.ok(Map.of("a", "b")).header("Cache-Control", "private, max-age=60").build();
  }

  @POST
  @Path("streams")
  @Consumes("message/rfc822")
  @NotIdempotent("A stream: nothing is kept.")
  @Operation(hidden = true)
  public Map<String, Long> stream(InputStream body) throws IOException {
    return Map.of("read", body.transferTo(java.io.OutputStream.nullOutputStream()));
  }

  /// What a room would have.
  @ApplicationScoped
  static class UseCase {
    private static final int SIZE = 7;
    private final EntityManager entities;

    UseCase(EntityManager entities) {
      this.entities = entities;
    }

    @Transactional
    void write(String name, boolean refuse) {
      entities.createNativeQuery("insert into event (tenant_id, id, kind, actor_kind, at) values (current_tenant(), :id, :kind, 'system', now())")
          .setParameter("id", Ids.next()).setParameter("kind", name).executeUpdate();
      var gate = GATES.get(name);
      try {
        if (gate != null && !gate.await(30, TimeUnit.SECONDS)) {
          throw new IllegalStateException("The gate stayed closed");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (refuse) {
        throw Refusal.unprocessable("/name", "Not this one.");
      }
    }

    @Transactional
    void duplicate() {
      for (int i = 0; i < 2; i++) {
        entities.createNativeQuery("insert into team (tenant_id, id, name, display_name, created_at, updated_at) values (current_tenant(), :id, 'a', 'a', now(), now())")
            .setParameter("id", Ids.next()).executeUpdate();
      }
    }

    /// Seven rows, two of each sort key.
    List<Thing> numbers(Cursor after, int atMost) {
      return java.util.stream.IntStream.rangeClosed(1, SIZE)
          .mapToObj(i -> new Thing("n" + i, true, i / 2, new UUID(0, i), null, null, null, null))
          .filter(row -> after == null || row.count() > after.number() || row.count() == after.number() && row.owner().compareTo(after.id()) > 0)
          .limit(atMost).toList();
    }

    long size() {
      return SIZE;
    }
  }
}
