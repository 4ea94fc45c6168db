package dev.posthorn.team;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// The agents of the current tenant.
@ApplicationScoped
public class Agents implements PanacheRepositoryBase<Agent, UUID> {}
