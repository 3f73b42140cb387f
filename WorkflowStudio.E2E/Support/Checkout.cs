namespace WorkflowStudio.E2E.Support;

/// <summary>Finds the checkout that the tests were built from, and what lies beside it.</summary>
internal static class Checkout
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory, folder => File.Exists(Path.Combine(folder, "WorkflowStudio.sln")));

    /// <summary>An example of the folder <c>shared</c>, beside the checkout or beside one of its parents.</summary>
    public static string Example(string name) =>
        File.ReadAllText(
            Path.Combine(Above(Root, folder => File.Exists(Path.Combine(folder, "shared", "examples", name))), "shared", "examples", name));

    private static string Above(string folder, Func<string, bool> holds)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            if (holds(at)) return at;
        throw new InvalidOperationException($"Nothing above {folder} holds what the tests need.");
    }
}
