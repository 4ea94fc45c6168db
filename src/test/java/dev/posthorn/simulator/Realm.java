package dev.posthorn.simulator;

import java.util.Optional;

/// One provider's service, below one name: `http://127.0.0.1:port/<name>/...`.
public abstract class Realm {
  private final String name;
  private final Faults faults = new Faults();
  private Simulator simulator;

  /// @param name the first segment of its paths
  protected Realm(String name) {
    this.name = name;
  }

  /// The first segment of its paths.
  public final String name() {
    return name;
  }

  /// What is to go wrong here.
  public final Faults faults() {
    return faults;
  }

  /// Its address, without a slash at the end.
  public final String url() {
    return simulator.url() + "/" + name;
  }

  /// The server that it stands in.
  protected final Simulator simulator() {
    return simulator;
  }

  /// Somebody did what a provider would not take.
  protected final void complain(String what) {
    simulator.complaints().add(name + ": " + what);
  }

  final void stand(Simulator in) {
    simulator = in;
  }

  /// @return nothing for a path that is not there: a complaint and a 404
  protected abstract Optional<Reply> answer(Call call);
}
