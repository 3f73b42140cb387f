using System.Text.Json.Nodes;

namespace WorkflowStudio.Api.OpenApi;

/// <summary>What the reference says of an address of a dialect. What it needs is known from its route.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Behind the prefix of the dialect, as it is mapped.</param>
/// <param name="Group">What it belongs to, as people call it.</param>
/// <param name="Summary">What it does, in some words.</param>
internal sealed record DescribedAddress(string Method, string Path, string Group, string Summary)
{
    /// <summary>Where it is below, if not the dialect's prefix.</summary>
    public string? Prefix { get; init; }

    /// <summary>What else there is to say, in Markdown.</summary>
    public string More { get; init; } = "";

    /// <summary>Parameters in the query, and headers that only this address has.</summary>
    public IReadOnlyList<DescribedParameter> Parameters { get; init; } = [];

    /// <summary>What is sent; null for nothing.</summary>
    public JsonObject? Body { get; init; }

    /// <summary>Whether no body is taken, too.</summary>
    public bool BodyMayBeMissing { get; init; }

    /// <summary>What may be sent beside JSON, by Content-Type.</summary>
    public IReadOnlyList<(string Type, JsonObject Shape)> OtherBodies { get; init; } = [];

    /// <summary>The answers that are no refusals; several of one status differ by their Content-Type.</summary>
    public IReadOnlyList<DescribedAnswer> Answers { get; init; } = [];

    /// <summary>Whether the answer has an ETag: reads take If-None-Match, changes If-Match.</summary>
    public bool IsTagged { get; init; }

    /// <summary>Whether the body or the query names something that may not be there: then 404.</summary>
    public bool NamesOthers { get; init; }

    /// <summary>What it refuses with 409, beside the Idempotency-Keys of every POST; null for nothing.</summary>
    public string? Conflict { get; init; }

    /// <summary>The whole path.</summary>
    public string In(IDialect dialect) => (Prefix ?? dialect.Prefix) + Path;

    public static DescribedAddress Get(string path, string group, string summary) => new("GET", path, group, summary);

    public static DescribedAddress Post(string path, string group, string summary) => new("POST", path, group, summary);

    public static DescribedAddress Put(string path, string group, string summary) => new("PUT", path, group, summary);

    public static DescribedAddress Patch(string path, string group, string summary) => new("PATCH", path, group, summary);

    public static DescribedAddress Delete(string path, string group, string summary) => new("DELETE", path, group, summary)
    { Answers = [new(StatusCodes.Status204NoContent, "It is gone.")] };

    /// <summary>The same address with what it answers when it is well.</summary>
    public DescribedAddress Answering(int status, string words, JsonObject? shape = null) =>
        this with { Answers = [.. Answers, new(status, words, shape)] };
}

/// <summary>A parameter of an address.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">What it may be, with the words for it.</param>
internal sealed record DescribedParameter(string Name, JsonObject Shape)
{
    /// <summary>Whether it is a header, not a part of the query.</summary>
    public bool IsHeader { get; init; }

    /// <summary>Whether the address is refused without it.</summary>
    public bool IsNeeded { get; init; }
}

/// <summary>An answer of an address.</summary>
/// <param name="Status">The status.</param>
/// <param name="Words">What it means.</param>
/// <param name="Shape">What it holds; null for nothing.</param>
/// <param name="Type">The Content-Type.</param>
internal sealed record DescribedAnswer(int Status, string Words, JsonObject? Shape = null, string Type = "application/json")
{
    /// <summary>Whether the header Location names what was made.</summary>
    public bool HasLocation { get; init; }
}
