using Npgsql;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>
/// How connections are made: with limits on everything that could hang, so that neither a lost network nor a frozen node holds the others
/// up. What the connection string says itself is kept.
/// </summary>
internal sealed class PostgresConnection(string connectionString)
{
    // seconds and milliseconds after which the server ends what a node that is gone has left open; with it the node's locks are free
    private const string ServerLimits =
        "-c idle_in_transaction_session_timeout=10000 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c "
        + "tcp_keepalives_count=3 -c lock_timeout=10000";

    /// <summary>Host and database, for people: no password.</summary>
    public string Place
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return $"{parts.Database ?? parts.Username} on {parts.Host}";
        }
    }

    /// <summary>For a pool of short uses.</summary>
    /// <param name="more">Further settings of the session, as options of the server.</param>
    public string Pooled(string? more = null) => With(more, pooling: true);

    /// <summary>
    /// For a pool that the engine has for itself: pages and steps that wait for a connection must not keep runs, or the sign that this node
    /// lives, waiting.
    /// </summary>
    /// <param name="most">How many connections.</param>
    public string ForEngine(int most) => new NpgsqlConnectionStringBuilder(Pooled()) { MaxPoolSize = most }.ToString();

    /// <summary>For one long use.</summary>
    /// <param name="more">Further settings of the session, as options of the server.</param>
    public string Unpooled(string? more = null) => With(more, pooling: false);

    private string With(string? more, bool pooling)
    {
        var said = new NpgsqlConnectionStringBuilder(connectionString);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Timeout = 5,
            CommandTimeout = 15,
            CancellationTimeout = 2000,
            KeepAlive = 5,
            TcpKeepAlive = true,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = 32,
            ApplicationName = "WorkflowStudio",
        };
        foreach (var key in said.Keys) builder[key] = said[key];
        builder.Options = string.Join(' ', new[] { ServerLimits, more, said.Options }.Where(o => !string.IsNullOrEmpty(o)));
        builder.Pooling = pooling;
        return builder.ToString();
    }
}
