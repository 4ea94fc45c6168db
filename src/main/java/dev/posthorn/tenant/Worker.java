package dev.posthorn.tenant;

import java.util.List;

/// Something that works by itself, not because somebody called. A bean that is one is found, started and stopped by [Workers];
/// it says what it does again and again, and no more.
public interface Worker {
  /// The loops of this node: none where the configuration gives this work to others. Asked once, when everything that may refuse
  /// to start has had its say. They start together and stop one after the other, in this order: what must still run while an
  /// earlier one comes to its end (a heartbeat) stands behind it.
  List<Loop> loops();
}
