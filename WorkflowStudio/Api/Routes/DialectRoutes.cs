using WorkflowStudio.Operations;

namespace WorkflowStudio.Api.Routes;

/// <summary>The addresses of one dialect, each behind the gate. Paths begin behind the dialect's prefix.</summary>
internal sealed class DialectRoutes(PrefixRoutes prefix, ApiGate gate, WebhookDoor webhooks, IDialect dialect)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>What is read, also by HEAD.</summary>
    public void Get(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) => Keyed(path, Reading, needs, answer);

    /// <summary>What is followed: GET alone, for there is no end whose head could be told.</summary>
    public void Follow(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Keyed(path, [HttpMethods.Get], needs, answer);

    /// <summary>What is made or asked; with an Idempotency-Key once.</summary>
    public void Post(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Keyed(path, [HttpMethods.Post], needs, answer);

    /// <summary>A file that is put in: its body has at most <paramref name="most"/> bytes.</summary>
    public void PostFile(string path, Permission needs, int most, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Keyed(path, [HttpMethods.Post], needs, answer, most);

    /// <summary>What is replaced.</summary>
    public void Put(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Keyed(path, [HttpMethods.Put], needs, answer);

    /// <summary>What is changed in part.</summary>
    public void Patch(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Keyed(path, [HttpMethods.Patch], needs, answer);

    /// <summary>What is removed.</summary>
    public void Delete(string path, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer) =>
        Keyed(path, [HttpMethods.Delete], needs, answer);

    /// <summary>An address to which the outside world posts without a key: <c>{id}</c> is the workflow.</summary>
    /// <param name="path">The path.</param>
    /// <param name="answer">What the sender is told of what came of it.</param>
    public void Webhook(string path, WebhookAnswer answer)
    {
        prefix.Add(dialect, path, [HttpMethods.Post], http => webhooks.PostAsync(dialect, http, answer));
        prefix.Add(dialect, path, [HttpMethods.Options], http => webhooks.PreflightAsync(dialect, http));
    }

    /// <summary>What everybody may read, without a key.</summary>
    public void Open(string path, Func<ApiAnswer> answer) => prefix.Add(dialect, path, Reading, http =>
    {
        dialect.For(http.Request).Head(http);
        return answer().WriteAsync(http.Response, http.RequestAborted);
    });

    private void Keyed(
        string path, string[] by, Permission needs, Func<ApiCall, Task<ApiAnswer>> answer, int most = RequestBody.MaxBytes) =>
        prefix.Add(dialect, path, by, gate.Keyed(dialect, needs, answer, most)).WithMetadata(new KeyedAddress(dialect, needs));
}

/// <summary>What an address that asks for a key says of itself.</summary>
/// <param name="Dialect">The dialect that has it.</param>
/// <param name="Needs">What the caller needs.</param>
internal sealed record KeyedAddress(IDialect Dialect, Permission Needs);
