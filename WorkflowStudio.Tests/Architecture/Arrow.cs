namespace WorkflowStudio.Tests.Architecture;

/// <summary>A rule: the types below <paramref name="From"/> must not mention anything below <paramref name="Never"/>.</summary>
/// <param name="Name">The rule in words.</param>
/// <param name="From">Beginnings of full names of the types that the rule is for; empty for all.</param>
/// <param name="Never">Beginnings of full names that they must not mention.</param>
/// <param name="Except">Beginnings of full names of types that may all the same.</param>
/// <param name="May">Beginnings of full names below <paramref name="Never"/> that may be mentioned.</param>
internal sealed record Arrow(string Name, string[] From, string[] Never, string[] Except, string[] May)
{
    /// <summary>Where the rule is broken, one line each.</summary>
    public IEnumerable<string> Broken(IReadOnlyDictionary<string, IReadOnlySet<string>> references) =>
        from type in references
        where (From.Length == 0 || Begins(type.Key, From)) && !Begins(type.Key, Except)
        from mentioned in type.Value
        where Begins(mentioned, Never) && !Begins(mentioned, May)
        select $"{Name}: {type.Key} mentions {mentioned}";

    // "A.B" begins "A.B.C" and "A.B::C" and is itself, but does not begin "A.Bc"
    private static bool Begins(string name, string[] beginnings) => beginnings.Any(b =>
        name.StartsWith(b, StringComparison.Ordinal) && (name.Length == b.Length || b[^1] == '.' || name[b.Length] is '.' or ':' or '`'));
}
