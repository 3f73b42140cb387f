namespace WorkflowStudio.Hosting.Commands;

/// <summary>A command of the shell.</summary>
/// <param name="Words">Its name: one or two words.</param>
/// <param name="What">What it does, one sentence.</param>
/// <param name="RunAsync">Does it; answers null, or why not.</param>
internal sealed record Command(string[] Words, string What, Func<CommandContext, Task<Refusal?>> RunAsync)
{
    /// <summary>The argument that stands without a name, or null.</summary>
    public string? Positional { get; init; }

    /// <summary>The named arguments, each with a value.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>All named arguments, with the one that every command takes.</summary>
    public IEnumerable<CommandOption> AllOptions =>
        Options.Append(new CommandOption("data", "DIR", "the data folder; also STUDIO_DATA, else ./data"));

    public string Help => $"""
        {string.Join(' ', Words)}{(Positional is null ? "" : " " + Positional)}{string.Concat(AllOptions.Select(o => $" [--{o.Name} {o.Value}]"))}

        {What}

        {string.Join('\n', AllOptions.Select(o => $"  --{o.Name + " " + o.Value,-22} {o.What}"))}
        """;
}

/// <summary>A named argument.</summary>
internal sealed record CommandOption(string Name, string Value, string What);

/// <summary>What a command works with.</summary>
internal sealed record CommandContext(CommandArguments Arguments, TextReader Input, TextWriter Output, CancellationToken Stop);
