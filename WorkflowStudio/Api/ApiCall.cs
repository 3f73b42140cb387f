using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Api;

/// <summary>A request whose sender is known and whose body was read.</summary>
internal sealed record ApiCall
{
    public required HttpContext Http { get; init; }

    /// <summary>The dialect in which it is asked, and answered.</summary>
    public required IDialect Dialect { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>The body, at most 1 MiB; empty for GET and DELETE.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The tags of which what is changed has to have one (If-Match); null for any.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>The Idempotency-Key, bare, or what stands for one (<see cref="DeliveryId"/>); null for none.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether the key names a delivery: then it is the same one whatever its body is.</summary>
    public bool IsDelivery { get; init; }

    /// <summary>Makes the row that an operation stores together with its effect; null without an Idempotency-Key.</summary>
    public Func<ApiAnswer, KeptAnswer?>? Record { get; init; }

    /// <summary>Whether the key may still do what it was let in for: streams ask now and then.</summary>
    public Func<ValueTask<bool>> MayStay { get; init; } = () => new(true);

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>What a kept answer is found by, beside its key: the path as it came, unless one thing has several.</summary>
    public string Path { get => field ?? Http.Request.Path.Value ?? ""; init; }

    /// <summary>The address under which the client reached us, without a slash at its end.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>A part of the path.</summary>
    public string Route(string name) => (string?)Http.Request.RouteValues[name] ?? "";

    /// <summary>An id in the path. One that cannot be read is as unknown as any other.</summary>
    public Guid Id(string name = "id") => ShownId.TryRead(Route(name), out var id) ? id : Guid.Empty;
}
