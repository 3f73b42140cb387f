using System.Collections.Frozen;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>An option of a curl command as it was given.</summary>
/// <param name="Name">Its long name, such as <c>header</c>; empty for an address without one.</param>
/// <param name="Value">Its value; empty for a switch.</param>
internal readonly record struct CurlOption(string Name, string Value)
{
    // what says nothing of the request, or what the step does by itself: redirects, unpacking
    private static readonly FrozenSet<string> Switches = new[]
    {
        "get", "head", "location", "compressed", "silent", "show-error", "include", "verbose", "fail", "fail-with-body", "globoff",
        "no-buffer", "progress-bar", "no-progress-meter", "http1.1", "http2", "http2-prior-knowledge", "tlsv1.2", "tlsv1.3", "ipv4",
        "ipv6", "basic", "remote-name", "insecure",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> WithValue = new[]
    {
        "request", "header", "data", "data-ascii", "data-raw", "data-binary", "data-urlencode", "json", "form", "form-string", "user",
        "oauth2-bearer", "cookie", "user-agent", "referer", "url", "max-time", "connect-timeout", "retry", "max-redirs", "output",
        "write-out",
    }.ToFrozenSet();

    private static readonly FrozenDictionary<char, string> Letters = new Dictionary<char, string>
    {
        ['X'] = "request", ['H'] = "header", ['d'] = "data", ['F'] = "form", ['u'] = "user", ['b'] = "cookie", ['A'] = "user-agent",
        ['e'] = "referer", ['m'] = "max-time", ['o'] = "output", ['w'] = "write-out", ['G'] = "get", ['I'] = "head", ['L'] = "location",
        ['s'] = "silent", ['S'] = "show-error", ['i'] = "include", ['v'] = "verbose", ['f'] = "fail", ['g'] = "globoff",
        ['N'] = "no-buffer", ['#'] = "progress-bar", ['4'] = "ipv4", ['6'] = "ipv6", ['O'] = "remote-name", ['k'] = "insecure",
    }.ToFrozenDictionary();

    /// <summary>Reads the words behind <c>curl</c>; false with what cannot be read.</summary>
    public static bool TryRead(IReadOnlyList<string> words, out IReadOnlyList<CurlOption> options, out string problem)
    {
        var read = new List<CurlOption>();
        (options, problem) = (read, "");
        for (var i = 0; i < words.Count && problem.Length == 0; i++)
        {
            var word = words[i];
            if (word.StartsWith("--", StringComparison.Ordinal)) problem = Long(words, ref i, read);
            else if (word.Length > 1 && word[0] == '-') problem = Short(words, ref i, read);
            else if (word.Length > 0) read.Add(new CurlOption("url", word));
        }

        return problem.Length == 0;
    }

    private static string Long(IReadOnlyList<string> words, ref int i, List<CurlOption> read)
    {
        var (name, given) = words[i].IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
            ? (words[i][2..at], words[i][(at + 1)..]) : (words[i][2..], null);
        if (Switches.Contains(name) && given is null) return Add(read, name, "");
        if (!WithValue.Contains(name)) return Unknown($"--{name}");
        if (given is null && i + 1 == words.Count) return $"Nothing stands behind --{name}. Copy the command again, to its end.";
        return Add(read, name, given ?? words[++i]);
    }

    // -sSL are three, and -XPOST is one with its value
    private static string Short(IReadOnlyList<string> words, ref int i, List<CurlOption> read)
    {
        var word = words[i];
        for (var at = 1; at < word.Length; at++)
        {
            if (!Letters.TryGetValue(word[at], out var name)) return Unknown($"-{word[at]}");
            if (Switches.Contains(name))
            {
                if (Add(read, name, "") is { Length: > 0 } problem) return problem;
                continue;
            }

            if (at + 1 < word.Length) return Add(read, name, word[(at + 1)..]);
            return i + 1 == words.Count ? $"Nothing stands behind -{word[at]}. Copy the command again, to its end."
                : Add(read, name, words[++i]);
        }

        return "";
    }

    private static string Add(List<CurlOption> read, string name, string value)
    {
        read.Add(new CurlOption(name, value));
        return name == "insecure"
            ? "The command has -k (--insecure): it takes any certificate. The studio checks certificates always. Take -k out."
            : "";
    }

    private static string Unknown(string option) =>
        $"The option {CurlCommand.Shown(option)} is none that the step has a setting for. Take it out of the command.";
}
