namespace WorkflowStudio.Api.Routes;

/// <summary>The addresses below one prefix, of however many dialects, each outside of what belongs to pages.</summary>
internal sealed class PrefixRoutes(IEndpointRouteBuilder routes, string prefix)
{
    private readonly Dictionary<string, (IDialect Dialect, SortedSet<string> Methods)> known = [];

    /// <summary>Adds an address for some methods. The first dialect that has it refuses the other methods.</summary>
    public IEndpointConventionBuilder Add(IDialect dialect, string path, string[] by, RequestDelegate answer)
    {
        if (!known.TryGetValue(path, out var one)) known[path] = one = (dialect, new SortedSet<string>(StringComparer.Ordinal));
        one.Methods.UnionWith(by);
        return routes.MapMethods(prefix + path, by, answer).OutsideOfPages();
    }

    /// <summary>Refuses what is left: wrong methods at known addresses, and every unknown address below the prefix.</summary>
    /// <param name="rest">Who speaks where nobody answers.</param>
    public void Close(IDialect rest)
    {
        foreach (var (path, (dialect, methods)) in known)
        {
            var allow = string.Join(", ", methods);
            // an endpoint without methods comes second to those with: it gets what they do not take
            routes.Map(prefix + path, http =>
            {
                http.Response.Headers.Allow = allow;
                return RefuseAsync(dialect, http, ApiProblem.WrongMethod);
            }).OutsideOfPages();
        }

        CloseAll(routes, prefix, rest);
    }

    /// <summary>Refuses every address below a path that nobody answers: never a page there, whatever the method.</summary>
    public static void CloseAll(IEndpointRouteBuilder routes, string below, IDialect dialect) =>
        routes.Map(below + "/{**rest}", http => RefuseAsync(dialect, http, ApiProblem.UnknownRoute)).OutsideOfPages();

    private static Task RefuseAsync(IDialect dialect, HttpContext http, ApiProblem problem)
    {
        var speaking = dialect.For(http.Request);
        speaking.Head(http);
        return speaking.Refuse(problem).WriteAsync(http.Response, http.RequestAborted);
    }
}
