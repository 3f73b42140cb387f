namespace WorkflowStudio.Hosting.Commands;

/// <summary>What the app does when its first argument is a word: one command, then it ends with 0 or says in one line why not.</summary>
internal static class CommandLine
{
    private static readonly IReadOnlyList<Command> Commands = [.. KeyCommands.All, .. PeopleCommands.All, .. MemberCommands.All,
        .. SharingCommands.All, .. ConnectionCommands.All, .. PracticeCommands.All, .. RetentionCommands.All, .. CodeCommands.All,
        .. WebhookCommands.All, .. DatabaseCommands.All, .. FileCommands.All];

    public static bool IsCommand(string[] args) => args is [{ Length: > 0 } first, ..] && (first[0] != '-' || first is "--help" or "-h");

    public static async Task<int> RunAsync(string[] args, TextReader input, TextWriter output, TextWriter error)
    {
        var words = args.TakeWhile(a => !a.StartsWith('-')).ToArray();
        var command = Commands.FirstOrDefault(c => words.Length >= c.Words.Length && words.Take(c.Words.Length).SequenceEqual(c.Words));
        if (args.Any(a => a is "--help" or "-h"))
        {
            await output.WriteLineAsync(command?.Help ?? Overview(words));
            return 0;
        }

        if (command is null)
            return new Refusal(2, $"There is no command \"{string.Join(' ', words)}\". See --help for all of them.").Print(error);
        if (!CommandArguments.TryRead(command, args[command.Words.Length..], out var arguments, out var refusal))
            return refusal.Print(error);
        return await RunAsync(command, arguments, input, output, error);
    }

    private static async Task<int> RunAsync(
        Command command, CommandArguments arguments, TextReader input, TextWriter output, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
        try
        {
            var refusal = await command.RunAsync(new CommandContext(arguments, input, output, stop.Token));
            return refusal?.Print(error) ?? 0;
        }
        catch (Exception e)
        {
            return new Refusal(1, $"{string.Join(' ', command.Words)}: {e.GetBaseException().Message.ReplaceLineEndings(" ")}")
                .Print(error);
        }
    }

    private static string Overview(string[] words)
    {
        var some = Commands.Where(c => words.Length > 0 && c.Words[0] == words[0]).ToList();
        var head = some.Count > 0 ? "" : "WorkflowStudio runs the server when no command is given: --data DIR, --urls URL, --environment "
            + $"NAME, --no-demo.{Environment.NewLine}{Environment.NewLine}";
        return $"""
            {head}Commands, each with --help:
            {string.Join('\n', (some.Count > 0 ? some : Commands).Select(c => $"  {string.Join(' ', c.Words),-18} {c.What}"))}

            All take --data DIR (or STUDIO_DATA, else ./data), and work beside a running server unless they say otherwise.
            """;
    }
}
