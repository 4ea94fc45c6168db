/// For whom: the tenant, and the two walls between tenants.
///
/// - The first wall is Hibernate's discriminator: each entity has a `@TenantId`, each query is bound to the current tenant.
/// - The second is PostgreSQL's row-level security: the application's role sees only rows of the tenant that the
///   transaction names. It holds for plain SQL too, and without a tenant there are no rows.
/// - Whoever works on behalf of tenants without being called is a [dev.posthorn.tenant.Worker]: found, started and stopped in one place.
/// - What must look across tenants asks [dev.posthorn.tenant.Across] for ids, and goes on on behalf of the tenant of each.
///
/// Invariant: no code but [dev.posthorn.tenant.RowLevelSecurity] sets `posthorn.tenant`. Table: `tenant`.
package dev.posthorn.tenant;
