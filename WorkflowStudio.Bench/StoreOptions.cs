using System.Globalization;

namespace WorkflowStudio.Bench;

/// <summary>What the tools for large stores were asked to do.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Runs">How many finished runs to make.</param>
/// <param name="Rate">Posts a second while runs are deleted.</param>
/// <param name="Pack">Whether runs are packed instead of deleted.</param>
internal sealed record StoreOptions(string Data, int Runs, int Rate, bool Pack)
{
    public const string Usage = """
        usage: WorkflowStudio.Bench seed --data DIR [--runs N]        makes finished runs of the last 90 days, with messages and invoices (1000000)
               WorkflowStudio.Bench waits --data DIR [--runs N]       lets N runs wait, kills the server, and looks how late they go on (10000 is the promise)
               WorkflowStudio.Bench pages --data DIR                  times each page and each request of the API on such a folder
               WorkflowStudio.Bench retention --data DIR [--rate N] [--pack]
                                                                      deletes (or packs) all of them while N posts a second come in (200)
        """;

    public string Database => Path.Combine(Data, "studio.db");

    public static bool TryRead(string[] args, out StoreOptions options, out string problem)
    {
        (options, problem) = (new StoreOptions("", 1_000_000, 200, false), "");
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--pack": options = options with { Pack = true }; continue;
                case "--data" when value.Length > 0: options = options with { Data = Path.GetFullPath(value) }; break;
                case "--runs" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs > 0:
                    options = options with { Runs = runs }; break;
                case "--rate" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate > 0:
                    options = options with { Rate = rate }; break;
                default: problem = $"{args[i]} is not known here, or lacks its value."; return false;
            }

            i++;
        }

        if (options.Data.Length == 0) problem = "--data is missing.";
        return problem.Length == 0;
    }
}
