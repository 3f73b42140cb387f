using System.Globalization;
using WorkflowStudio.Engine.Storage.Postgres;

namespace WorkflowStudio.Bench;

/// <summary>What the load tool was asked to do.</summary>
/// <param name="Clients">How many requests are under way at once.</param>
/// <param name="Seconds">How long to post, in seconds.</param>
/// <param name="Rate">Posts a second; 0 posts as fast as they are answered.</param>
/// <param name="WarmUp">How long to post before the measured time, in seconds.</param>
/// <param name="Data">The data folder; null takes a new temporary one.</param>
internal sealed record LoadOptions(int Clients, int Seconds, int Rate, int WarmUp, string? Data)
{
    private const int MostNodes = 3;

    // those that take no value
    private static readonly string[] Flags = ["--postgres", "--metrics"];

    public const string Usage = """
        usage: WorkflowStudio.Bench load [--clients N] [--seconds N] [--rate N] [--warm-up N] [--data DIR]
                                         [--postgres | --database CONNECTION] [--nodes N] [--metrics]

        Starts the studio in a process of its own on an empty data folder, makes a webhook workflow of five steps without outside
        effects, posts to it and prints what came of it.
          --clients N   requests under way at once (64); 1 measures the latency of a lone client, from the post to the finished run
          --seconds N   how long to post (20)
          --rate N      posts a second; left out: as fast as they are answered
          --warm-up N   how long to post before it counts (5)
          --data DIR    where the database lies; left out: a temporary folder, removed afterwards
          --postgres    on PostgreSQL, from installed binaries, in a temporary folder on a free port, with its own preset durability
          --database C  on the empty PostgreSQL database of this connection string ("Host=…;Database=…")
          --nodes N     1 to 3 server processes on that PostgreSQL, each with a data folder of its own; clients post to them in turn (1)
          --metrics     the servers measure themselves, and are asked for GET /metrics every 5 s, as Prometheus would

        usage: WorkflowStudio.Bench expressions

        Evaluates expressions on one core and prints how many a second, and what each allocates. Then the same as:

        usage: WorkflowStudio.Bench checks

        Checks a workflow of 500 steps and prints the time of a check, and of one after an edit of a single step.
        """;

    /// <summary>Whether a PostgreSQL is started for the load.</summary>
    public bool Postgres { get; init; }

    /// <summary>Whether the servers measure themselves, and somebody asks for it.</summary>
    public bool Metrics { get; init; }

    /// <summary>The connection string of a PostgreSQL database that is there; null for none.</summary>
    public string? Database { get; init; }

    /// <summary>Whether the load is on PostgreSQL.</summary>
    public bool OnPostgres => Postgres || Database is not null;

    /// <summary>How many server processes share the database.</summary>
    public int Nodes { get; init; } = 1;

    public static bool TryRead(string[] args, out LoadOptions options, out string problem)
    {
        options = new LoadOptions(64, 20, 0, 5, null);
        for (var i = 0; i < args.Length; i += Flags.Contains(args[i]) ? 1 : 2)
        {
            if (args[i] == "--postgres") options = options with { Postgres = true };
            else if (args[i] == "--metrics") options = options with { Metrics = true };
            else if (i + 1 >= args.Length) return Refuse($"{args[i]} lacks its value.", out problem);
            else if (Text(options, args[i], args[i + 1]) is { } text) options = text;
            else if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < (args[i] == "--warm-up" ? 0 : 1))
                return Refuse($"{args[i]} takes a whole number, not “{args[i + 1]}”.", out problem);
            else if (Number(options, args[i], number) is { } counted) options = counted;
            else return Refuse($"{args[i]} is not known.", out problem);
        }

        problem = Contradiction(options) ?? "";
        return problem.Length == 0;
    }

    private static LoadOptions? Text(LoadOptions options, string name, string value) => name switch
    {
        "--data" => options with { Data = value },
        "--database" => options with { Database = value },
        _ => null,
    };

    private static LoadOptions? Number(LoadOptions options, string name, int number) => name switch
    {
        "--clients" => options with { Clients = number },
        "--seconds" => options with { Seconds = number },
        "--rate" => options with { Rate = number },
        "--warm-up" => options with { WarmUp = number },
        "--nodes" => options with { Nodes = number },
        _ => null,
    };

    private static string? Contradiction(LoadOptions options) => options switch
    {
        { Nodes: > MostNodes } => $"--nodes takes 1 to {MostNodes}.",
        { Postgres: true, Database: not null } => "--postgres starts a database, --database names one: choose.",
        { Nodes: > 1, OnPostgres: false } => "Several nodes need --postgres or --database: a SQLite file has one.",
        { Nodes: > 1, Data: not null } => "--data is for one node: several have temporary folders.",
        { Database: { } database } when PostgresDatabase.Refuse(database) is { } why => $"--database cannot be used: {why}.",
        _ => null,
    };

    private static bool Refuse(string why, out string problem)
    {
        problem = why;
        return false;
    }
}
