using System.Collections.ObjectModel;
using System.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Api;

/// <summary>An answer that is ready to be sent: it can be stored for its Idempotency-Key before it is.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON in UTF-8; empty for none.</param>
internal sealed record ApiAnswer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The Content-Type of JSON.</summary>
    public const string Json = "application/json; charset=utf-8";

    /// <summary>204.</summary>
    public static ApiAnswer Nothing { get; } = new(StatusCodes.Status204NoContent, default);

    /// <summary>
    /// Stands in a body for the address under which the client reached us. JSON has no such character unescaped.
    /// </summary>
    public const string AddressMark = "\u0001";

    /// <summary>Whether <see cref="AddressMark"/> stands in the body.</summary>
    public bool IsAddressed { get; init; }

    public string ContentType { get; init; } = Json;

    /// <summary>The Location header.</summary>
    public string? Location { get; init; }

    /// <summary>The ETag header, without quotes: the state of what is answered.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether the body holds a secret: where it is stored it is encrypted.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The Retry-After header, in seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether no key would help: it is an answer to whoever posts without one.</summary>
    public bool IsKeyless { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The run whose own answer goes out in the place of this one, when it gives one in time; null for none.</summary>
    public AwaitedRun? Awaited { get; init; }

    /// <summary>Writes the body piece by piece, in place of <see cref="Body"/>; never stored.</summary>
    public Func<HttpResponse, CancellationToken, Task>? Stream { get; init; }

    /// <summary>Whether it is the stored answer of an earlier request.</summary>
    public bool Replayed { get; init; }

    public Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        if (Tag is not null) response.Headers.ETag = $"\"{Tag}\"";
        if (Location is not null) response.Headers.Location = Location;
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Replayed) response.Headers["Idempotency-Replayed"] = "true";
        if (Status == StatusCodes.Status401Unauthorized && !IsKeyless) response.Headers.WWWAuthenticate = "Bearer";
        foreach (var (name, value) in Headers) response.Headers[name] = value;
        if (Stream is not null)
        {
            response.ContentType = ContentType;
            return Stream(response, cancellationToken);
        }

        if (Body.IsEmpty) return Task.CompletedTask;
        var body = IsAddressed ? Addressed(response.HttpContext) : Body;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, cancellationToken).AsTask();
    }

    private ReadOnlyMemory<byte> Addressed(HttpContext http)
    {
        var address = http.RequestServices?.GetService<OwnAddress>()?.Of(http.Request) ?? "";
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body.Span).Replace(AddressMark, address, StringComparison.Ordinal));
    }
}

/// <summary>A run whose answer is waited for.</summary>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="RunId">Its id.</param>
/// <param name="Longest">How long it is waited for.</param>
/// <param name="Dialect">In whose words it is told that there is none.</param>
internal sealed record AwaitedRun(Guid WorkflowId, Tenant Tenant, Guid RunId, TimeSpan Longest, IDialect Dialect);
