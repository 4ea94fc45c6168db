/// Ends a node at a chosen line, as a power cut would. The classes here run inside the node, brought by a Java agent that the
/// test puts together; production code has no hooks for it.
package dev.posthorn.support.crash;
