using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Api.Dialects.Blocks;

/// <summary>What all dialects have, as this one tells it: one thing bare, a list under its name with its totals.</summary>
internal sealed class BlocksForm : DialectForm
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static BlocksForm Instance { get; } = new();

    public override WebhookDialect Webhooks => WebhookDialect.Blocks;

    public override ApiAnswer One(Action<Utf8JsonWriter> fields, int status = StatusCodes.Status200OK)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var w = new Utf8JsonWriter(buffer, Writing))
        {
            w.WriteStartObject();
            fields(w);
            w.WriteEndObject();
        }

        return new ApiAnswer(status, buffer.WrittenMemory);
    }

    public override ApiAnswer List<T>(
        ApiCall call, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, ListEnd? end = null)
    {
        if (end is not null)
            return One(w =>
            {
                Items(w, name, items, write);
                end.Write(w, this);
            });
        var query = new QueryReader(call.Http.Request.Query);
        var (page, limit) = (
            query.Count("page", 1), Math.Min(query.Count("limit", BlocksWorkflows.DefaultLimit), BlocksWorkflows.MaxLimit));
        if (query.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        var (skip, pages) = ((int)Math.Min((page - 1L) * limit, int.MaxValue), (items.Count + limit - 1) / limit);
        return One(w =>
        {
            Items(w, name, items.Skip(skip).Take(limit), write);
            w.WriteNumber("total_items", items.Count);
            w.WriteNumber("total_pages", pages);
            w.WriteBoolean("has_next_page", page < pages);
            w.WriteNumber("current_page", page);
        });
    }
}
