using WorkflowStudio.Api.Dialects.Graph;

namespace WorkflowStudio.Api;

/// <summary>
/// Which dialect speaks at an address, also where nothing answers: the one whose prefix is the longest there and that answers for the rest,
/// else the one of the house.
/// </summary>
internal sealed class KnownDialects(IEnumerable<IDialectEndpoints> endpoints)
{
    private readonly IDialect[] all =
    [
        .. endpoints.Select(e => e.Dialect).Distinct().OrderByDescending(d => d.Prefix.Length).ThenByDescending(d => d.AnswersTheRest),
    ];

    /// <summary>The dialects, those with the longest prefix first.</summary>
    public IReadOnlyList<IDialect> All => all;

    /// <summary>The dialect of an address.</summary>
    public IDialect At(PathString path) => Array.Find(all, d => path.StartsWithSegments(d.Prefix)) ?? GraphDialect.Instance;

    /// <summary>The dialect that made workflows of an origin; null for none.</summary>
    public IDialect? Named(string origin) => Array.Find(all, d => d.Name == origin);

    /// <summary>The dialect in which a request is refused of which nothing but its head is known.</summary>
    public IDialect Of(HttpRequest request) => At(request.Path).For(request);
}
