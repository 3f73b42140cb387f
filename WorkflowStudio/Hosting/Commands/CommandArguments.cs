using System.Diagnostics.CodeAnalysis;

namespace WorkflowStudio.Hosting.Commands;

/// <summary>The arguments behind a command's name: <c>--name value</c>, <c>--name=value</c>, and at most one without a name.</summary>
internal sealed record CommandArguments(string? Positional, IReadOnlyDictionary<string, string> Named)
{
    public string? this[string name] => Named.GetValueOrDefault(name);

    /// <summary>The value, or null with the reason.</summary>
    public bool Needs(string name, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = this[name];
        refusal = string.IsNullOrWhiteSpace(value) ? new Refusal(2, $"--{name} is missing.") : null;
        return refusal is null;
    }

    public static bool TryRead(
        Command command, string[] args, [NotNullWhen(true)] out CommandArguments? arguments, [NotNullWhen(false)] out Refusal? refusal)
    {
        (arguments, refusal) = (null, null);
        var named = new Dictionary<string, string>();
        string? positional = null;
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                if (command.Positional is null || positional is not null)
                    refusal = new Refusal(2, $"\"{args[i]}\" is not expected here. See {string.Join(' ', command.Words)} --help.");
                positional = args[i];
                continue;
            }

            var (name, value) =
                args[i][2..].Split('=', 2) is [var n, var v] ? (n, v) : (args[i][2..], i + 1 < args.Length ? args[++i] : null);
            if (!command.AllOptions.Any(o => o.Name == name))
                refusal = new Refusal(2, $"--{name} is not known. See {string.Join(' ', command.Words)} --help.");
            else if (value is null) refusal = new Refusal(2, $"--{name} needs a value.");
            else named[name] = value;
        }

        if (refusal is null && command.Positional is { } what && positional is null)
            refusal = new Refusal(2, $"{what} is missing. See {string.Join(' ', command.Words)} --help.");
        if (refusal is not null) return false;
        arguments = new CommandArguments(positional, named);
        return true;
    }
}
