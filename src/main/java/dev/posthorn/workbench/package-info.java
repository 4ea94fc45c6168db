/// What a developer needs on a machine with a JDK and nothing else: an embedded PostgreSQL, a sample tenant, and a relay
/// that keeps what it is given. Nothing of it is in the production package.
package dev.posthorn.workbench;
