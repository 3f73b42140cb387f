using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes;

/// <summary>
/// The secrets of one call of a step: what its <see cref="SchemaField.Secret"/> settings hold, and what it took from a connection. Wherever
/// one of them would be recorded, in an output, a failure or a line of the log, <see cref="Shown"/> stands instead. Safe for all threads.
/// </summary>
public sealed class SecretMask
{
    /// <summary>What stands for a secret.</summary>
    public const string Shown = "●●●";

    /// <summary>The shortest value that is masked, in characters: of a shorter one nothing would be left of any text.</summary>
    public const int Shortest = 4;

    // the shortest token behind a scheme that is masked by itself: "Basic plan" is no secret with a scheme
    private const int ShortestToken = 6;

    private string[] values = [];

    /// <summary>Whether there is nothing to mask.</summary>
    public bool IsEmpty => Volatile.Read(ref values).Length == 0;

    /// <summary>Adds a secret. Of one with a scheme, <c>Bearer abc123</c>, what follows the scheme is one by itself.</summary>
    public void Add(string? secret)
    {
        if (secret is null || secret.Length < Shortest) return;
        string[] more = secret.Split(' ', 2) is [_, { Length: >= ShortestToken } token] ? [secret, token] : [secret];
        string[] before, after;
        do
        {
            before = Volatile.Read(ref values);
            // so that none is masked in parts
            after = [.. before.Concat(more).Distinct(StringComparer.Ordinal).OrderByDescending(v => v.Length)];
        }
        while (Interlocked.CompareExchange(ref values, after, before) != before);
    }

    /// <summary>Adds the texts in secret settings.</summary>
    public void Add(NodeSchema schema, JsonElement settings)
    {
        if (!schema.HoldsSecrets || settings.ValueKind != JsonValueKind.Object) return;
        foreach (var field in schema.Fields)
        {
            if (!settings.TryGetProperty(field.Name, out var value)) continue;
            if (field.Secret) AddTexts(value);
            else if (field.Fields is { } inner)
                foreach (var part in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1))
                    Add(inner, part);
        }
    }

    /// <summary>The text without the secrets.</summary>
    public string Of(string text)
    {
        foreach (var value in Volatile.Read(ref values)) text = text.Replace(value, Shown, StringComparison.Ordinal);
        return text;
    }

    /// <summary>The value without the secrets, in texts, in names and in numbers.</summary>
    public JsonElement Of(JsonElement json) => IsEmpty || json.ValueKind == JsonValueKind.Undefined ? json : SecretJson.Rewrite(json, this);

    /// <summary>The outcome without the secrets.</summary>
    public NodeOutcome Of(NodeOutcome outcome) => IsEmpty ? outcome : outcome switch
    {
        NodeOutcome.Completed done => done with { Output = Of(done.Output) },
        NodeOutcome.EndRun end => end with { Output = Of(end.Output) },
        NodeOutcome.Failed failed => failed with { Message = Of(failed.Message), Cause = Of(failed.Cause) },
        NodeOutcome.Waiting waiting =>
            waiting with { State = Of(waiting.State), Caption = waiting.Caption is { } caption ? Of(caption) : null },
        NodeOutcome.ForEach each => each with { Items = Of(each.Items) },
        NodeOutcome.StartRun start => start with { Payload = Of(start.Payload) },
        _ => outcome,
    };

    private void AddTexts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Add(value.GetString());
                break;
            case JsonValueKind.Number:
                Add(value.GetRawText());
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) AddTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject()) AddTexts(property.Value);
                break;
        }
    }
}
