using WorkflowStudio.Api.Dialects.Graph;

namespace WorkflowStudio.Api;

/// <summary>
/// Which dialect speaks at an address, also where nothing answers: the one whose prefix is the longest there, else the one of the house.
/// </summary>
internal sealed class KnownDialects(IEnumerable<IDialectEndpoints> endpoints)
{
    private readonly IDialect[] all = [.. endpoints.Select(e => e.Dialect).Distinct().OrderByDescending(d => d.Prefix.Length)];

    public IDialect At(PathString path) => Array.Find(all, d => path.StartsWithSegments(d.Prefix)) ?? GraphDialect.Instance;

    /// <summary>Whether a dialect answers for everything below a path.</summary>
    public bool Closes(string path) => Array.Exists(all, d => d.Prefix.Equals(path, StringComparison.OrdinalIgnoreCase));
}
