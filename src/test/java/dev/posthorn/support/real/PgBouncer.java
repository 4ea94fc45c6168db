package dev.posthorn.support.real;

import dev.posthorn.support.FreePort;
import dev.posthorn.support.TestDatabase;
import java.nio.file.Path;
import java.util.List;

/// PgBouncer in transaction mode before the PostgreSQL of the test run, with few connections to it: whoever leaves anything on one
/// leaves it to strangers.
public final class PgBouncer implements AutoCloseable {
  /// Its connections to the database, for each role.
  public static final int CONNECTIONS = 4;
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

  private final Daemon daemon = new Daemon("pgbouncer", PROGRAM);
  private final int port = FreePort.find();

  private PgBouncer() {
    var here = daemon.directory();
    daemon.write("users.txt", "\"posthorn_app\" \"posthorn_app\"\n");
    var config = daemon.write("pgbouncer.ini", """
        [databases]
        * = host=127.0.0.1 port=%1$d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %2$d
        unix_socket_dir =
        auth_type = trust
        auth_file = %3$s/users.txt
        pool_mode = transaction
        default_pool_size = %4$d
        max_client_conn = 200
        # The driver says these at the start of each connection.
        ignore_startup_parameters = extra_float_digits
        """.formatted(TestDatabase.port(), port, here, CONNECTIONS));
    var command = Daemon.isRoot() ? List.of(PROGRAM.toString(), "-u", "nobody", config.toString()) : List.of(PROGRAM.toString(), config.toString());
    daemon.start(command, port);
  }

  public static PgBouncer start() {
    return new PgBouncer();
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    daemon.close();
  }
}
