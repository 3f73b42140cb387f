using System.Globalization;

namespace WorkflowStudio.Bench;

/// <summary>What the load tool was asked to do.</summary>
/// <param name="Clients">How many requests are under way at once.</param>
/// <param name="Seconds">How long to post, in seconds.</param>
/// <param name="Rate">Posts a second; 0 posts as fast as they are answered.</param>
/// <param name="WarmUp">How long to post before the measured time, in seconds.</param>
/// <param name="Data">The data folder; null takes a new temporary one.</param>
internal sealed record LoadOptions(int Clients, int Seconds, int Rate, int WarmUp, string? Data)
{
    public const string Usage = """
        usage: WorkflowStudio.Bench load [--clients N] [--seconds N] [--rate N] [--warm-up N] [--data DIR]

        Starts the studio in a process of its own on an empty data folder, makes a webhook workflow of five steps without outside
        effects, posts to it and prints what came of it.
          --clients N   requests under way at once (64); 1 measures the latency of a lone client, from the post to the finished run
          --seconds N   how long to post (20)
          --rate N      posts a second; left out: as fast as they are answered
          --warm-up N   how long to post before it counts (5)
          --data DIR    where the database lies; left out: a temporary folder, removed afterwards

        usage: WorkflowStudio.Bench expressions

        Evaluates expressions on one core and prints how many a second, and what each allocates.
        """;

    public static bool TryRead(string[] args, out LoadOptions options, out string problem)
    {
        options = new LoadOptions(64, 20, 0, 5, null);
        problem = "";
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 >= args.Length)
            {
                problem = $"{args[i]} lacks its value.";
                return false;
            }

            if (args[i] == "--data")
            {
                options = options with { Data = args[i + 1] };
                continue;
            }

            if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < (args[i] == "--warm-up" ? 0 : 1))
            {
                problem = $"{args[i]} takes a whole number, not “{args[i + 1]}”.";
                return false;
            }

            switch (args[i])
            {
                case "--clients": options = options with { Clients = number }; break;
                case "--seconds": options = options with { Seconds = number }; break;
                case "--rate": options = options with { Rate = number }; break;
                case "--warm-up": options = options with { WarmUp = number }; break;
                default:
                    problem = $"{args[i]} is not known.";
                    return false;
            }
        }

        return true;
    }
}
