using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Routes;

/// <summary>
/// The addresses of one dialect, each behind the gate and outside of what belongs to pages. Paths begin behind the dialect's prefix.
/// </summary>
internal sealed class DialectRoutes(IEndpointRouteBuilder routes, ApiGate gate, WebhookDoor webhooks, IDialect dialect)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private readonly Dictionary<string, SortedSet<string>> methods = [];

    /// <summary>What is read, also by HEAD.</summary>
    public void Get(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Add(path, Reading, gate.Keyed(dialect, needs, answer));

    /// <summary>What is followed: GET alone, for there is no end whose head could be told.</summary>
    public void Follow(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Add(path, [HttpMethods.Get], gate.Keyed(dialect, needs, answer));

    /// <summary>What is made or asked; with an Idempotency-Key once.</summary>
    public void Post(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Add(path, [HttpMethods.Post], gate.Keyed(dialect, needs, answer));

    /// <summary>What is removed.</summary>
    public void Delete(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Add(path, [HttpMethods.Delete], gate.Keyed(dialect, needs, answer));

    /// <summary>An address to which the outside world posts without a key: <c>{id}</c> is the workflow.</summary>
    /// <param name="path">The path.</param>
    /// <param name="answer">What the sender is told of what came of it.</param>
    public void Webhook(string path, WebhookAnswer answer)
    {
        Add(path, [HttpMethods.Post], http => webhooks.PostAsync(dialect, http, answer));
        Add(path, [HttpMethods.Options], http => webhooks.PreflightAsync(dialect, http));
    }

    /// <summary>Refuses what is left: wrong methods at known addresses, and every unknown address below the prefix.</summary>
    public void Close()
    {
        foreach (var (path, known) in methods)
        {
            var allow = string.Join(", ", known);
            // an endpoint without methods comes second to those with: it gets what they do not take
            routes.Map(dialect.Prefix + path, http =>
            {
                http.Response.Headers.Allow = allow;
                return dialect.Refuse(ApiProblem.WrongMethod).WriteAsync(http.Response, http.RequestAborted);
            }).OutsideOfPages();
        }

        CloseAll(routes, dialect.Prefix, dialect);
    }

    /// <summary>Refuses every address below a path that nobody answers: never a page there, whatever the method.</summary>
    public static void CloseAll(IEndpointRouteBuilder routes, string below, IDialect dialect) =>
        routes.Map(below + "/{**rest}", http => dialect.Refuse(ApiProblem.UnknownRoute).WriteAsync(http.Response, http.RequestAborted))
            .OutsideOfPages();

    private void Add(string path, string[] by, RequestDelegate answer)
    {
        if (!methods.TryGetValue(path, out var known)) methods[path] = known = new SortedSet<string>(StringComparer.Ordinal);
        known.UnionWith(by);
        routes.MapMethods(dialect.Prefix + path, by, answer).OutsideOfPages();
    }
}
