using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Webhooks;
using WorkflowStudio.Operations.Webhooks;

namespace WorkflowStudio.Api.Dialects.Services;

/// <summary>What all dialects have, as this one tells it: <c>{data}</c>, lists with <c>meta</c>.</summary>
internal sealed class ServicesForm : DialectForm
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 100;

    public static ServicesForm Instance { get; } = new();

    public override WebhookDialect Webhooks => WebhookDialect.Services;

    public override TimeSpan Overlap => RotateSecret.Overlap;

    public override ApiAnswer One(Action<Utf8JsonWriter> fields, int status = StatusCodes.Status200OK) => new(
        status, ServicesJson.Bytes(w =>
    {
        w.WriteStartObject();
        w.WriteStartObject("data");
        fields(w);
        w.WriteEndObject();
        w.WriteEndObject();
    }));

    public override ApiAnswer List<T>(
        ApiCall call, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, ListEnd? end = null)
    {
        if (end is not null)
            return Answer(items, write, w =>
            {
                w.WriteNumber("limit", end.Limit);
                end.Write(w, this);
            });
        var query = new QueryReader(call.Http.Request.Query);
        var (limit, offset) = (Math.Min(query.Count("limit", DefaultLimit), MaxLimit), query.Skip("offset"));
        return query.Refusal is { } refusal
            ? call.Dialect.Refuse(refusal)
            : Answer(items.Skip(offset).Take(limit), write, w =>
            {
                w.WriteNumber("limit", limit);
                w.WriteNumber("offset", offset);
                w.WriteBoolean("has_more", (long)offset + limit < items.Count);
            });
    }

    private static ApiAnswer Answer<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write, Action<Utf8JsonWriter> meta) =>
        new(StatusCodes.Status200OK, ServicesJson.Bytes(w =>
        {
            w.WriteStartObject();
            Items(w, "data", items, write);
            w.WriteStartObject("meta");
            meta(w);
            w.WriteEndObject();
            w.WriteEndObject();
        }));
}
