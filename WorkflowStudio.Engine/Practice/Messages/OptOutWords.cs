namespace WorkflowStudio.Engine.Practice.Messages;

/// <summary>What a message asks for beside what it says.</summary>
internal enum OptOutWish
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No more messages.</summary>
    Stop,

    /// <summary>No more messages, or the answer to a question: <c>cancel</c>.</summary>
    StopOrAnswer,

    /// <summary>Messages again.</summary>
    Start,
}

/// <summary>
/// The words by which people take back that they want messages: those that 47 CFR 64.1200(a)(10) names and the carriers' own, in English
/// and Spanish. Only a message that is nothing but such a word counts.
/// </summary>
internal static class OptOutWords
{
    private const int Longest = 20;

    private static readonly HashSet<string> Stop = new(StringComparer.Ordinal)
    { "stop", "stopall", "stop all", "quit", "revoke", "optout", "opt out", "opt-out", "unsubscribe", "parar", "alto", "baja" };

    private static readonly HashSet<string> Start = new(StringComparer.Ordinal)
    { "start", "unstop", "opt in", "optin", "alta", "comenzar" };

    /// <summary>What a message asks for.</summary>
    public static OptOutWish Of(string body)
    {
        if (Word(body) is not { } word) return OptOutWish.None;
        return Stop.Contains(word) ? OptOutWish.Stop
            : word is "cancel" or "end" ? OptOutWish.StopOrAnswer
            : Start.Contains(word) ? OptOutWish.Start
            : OptOutWish.None;
    }

    /// <summary>A message as one word or two in lower case, without marks around it; null for a longer one.</summary>
    public static string? Word(string body)
    {
        var bare = body.Trim().Trim('.', '!', '"', '\'', '“', '”', ' ');
        return bare.Length is > 0 and <= Longest
            ? string.Join(' ', bare.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : null;
    }
}
