using System.Text.RegularExpressions;

namespace WorkflowStudio.E2E.Support;

/// <summary>README as it stands in the checkout.</summary>
internal static partial class Readme
{
    private const string Fence = "```";

    public static string Text { get; } = File.ReadAllText(Path.Combine(Checkout.Root, "README.md")).ReplaceLineEndings("\n");

    /// <summary>The links and pictures that lead into the checkout.</summary>
    public static IReadOnlyList<string> Places { get; } =
        [.. LinkPattern().Matches(Text).Select(m => m.Groups[1].Value).Where(l => !l.Contains("://", StringComparison.Ordinal))];

    /// <summary>What a chapter holds, in order: a paragraph or a numbered step, each with the block of commands that follows it.</summary>
    public static IReadOnlyList<Passage> Chapter(string title)
    {
        var passages = new List<Passage>();
        List<string> text = [], block = [];
        var (number, inBlock) = (0, false);
        void End()
        {
            if (text.Count + block.Count > 0) passages.Add(new Passage(number, string.Join(' ', text), string.Join('\n', block)));
            (text, block, number) = ([], [], 0);
        }

        foreach (var line in LinesOf(title))
        {
            var bare = line.StartsWith("   ", StringComparison.Ordinal) ? line[3..] : line;
            if (bare.StartsWith(Fence, StringComparison.Ordinal)) inBlock = !inBlock;
            else if (inBlock) block.Add(bare);
            else if (bare.Length == 0) continue;
            else if (StepPattern().Match(line) is { Success: true } step)
            {
                End();
                number = int.Parse(step.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
                text.Add(step.Groups[2].Value);
            }
            else
            {
                // a paragraph that belongs to no step is a passage, too
                if (number == 0 || block.Count > 0 || bare.Length == line.Length) End();
                text.Add(bare);
            }
        }

        End();
        return passages;
    }

    private static IEnumerable<string> LinesOf(string title)
    {
        var lines = Text.Split('\n');
        var head = Array.IndexOf(lines, $"## {title}");
        if (head < 0) throw new InvalidOperationException($"README has no chapter \"{title}\".");
        return lines.Skip(head + 1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^(\d+)\. (.+)$")]
    private static partial Regex StepPattern();
}

/// <summary>A sentence of README; 0 where it has no number. The commands are empty where no block follows it.</summary>
internal sealed record Passage(int Number, string Sentence, string Commands);
