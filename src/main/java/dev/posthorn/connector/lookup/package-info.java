/// Asks a URL of a tenant's own what it knows, within the fences of `wire`: once, for so long, for so much.
package dev.posthorn.connector.lookup;
