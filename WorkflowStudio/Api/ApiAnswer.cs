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

    public string ContentType { get; init; } = Json;

    /// <summary>The Location header.</summary>
    public string? Location { get; init; }

    /// <summary>The Retry-After header, in seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Writes the body piece by piece, in place of <see cref="Body"/>; never stored.</summary>
    public Func<HttpResponse, CancellationToken, Task>? Stream { get; init; }

    /// <summary>Whether it is the stored answer of an earlier request.</summary>
    public bool Replayed { get; init; }

    public Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        if (Location is not null) response.Headers.Location = Location;
        if (RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Replayed) response.Headers["Idempotency-Replayed"] = "true";
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (Stream is not null)
        {
            response.ContentType = ContentType;
            return Stream(response, cancellationToken);
        }

        if (Body.IsEmpty) return Task.CompletedTask;
        response.ContentType = ContentType;
        response.ContentLength = Body.Length;
        return response.Body.WriteAsync(Body, cancellationToken).AsTask();
    }
}
