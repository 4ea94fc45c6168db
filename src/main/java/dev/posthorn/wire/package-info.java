/// Lines to strangers: which addresses may be connected to, how long a line may take, how much may be said on it, and whose
/// certificates count.
///
/// Invariants:
///
/// - A host that a tenant named is reached through [dev.posthorn.wire.OutsideReach] alone: its addresses are looked at after
///   they are resolved, and the line is opened to the very address that was looked at.
/// - Who asks cannot tell a name that resolves to an address of our own network from a name that does not exist, nor a closed
///   port from a filtered one.
///
/// No table.
package dev.posthorn.wire;
