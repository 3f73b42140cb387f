using System.Buffers;
using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>What all dialects have, as this one tells it: beside a <c>status</c> of success.</summary>
internal sealed class GraphForm : DialectForm
{
    public static GraphForm Instance { get; } = new();

    public override WebhookDialect Webhooks => WebhookDialect.Graph;

    public override string RunId => "execution_id";

    public override string Workflow(Guid id) => ShownId.Workflow(id);

    public override string Run(Guid id) => ShownId.Execution(id);

    public override ApiAnswer One(Action<Utf8JsonWriter> fields, int status = StatusCodes.Status200OK) => Written(status, fields);

    public override ApiAnswer List<T>(
        ApiCall call, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, ListEnd? end = null) =>
        Written(StatusCodes.Status200OK, w =>
        {
            w.WriteString("status", "success");
            Items(w, name, items, write);
            if (end is not null) end.Write(w, this);
            else w.WriteNumber("total", items.Count);
        });

    private static ApiAnswer Written(int status, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var w = new Utf8JsonWriter(buffer, GraphJson.Writing))
        {
            w.WriteStartObject();
            fields(w);
            w.WriteEndObject();
        }

        return new ApiAnswer(status, buffer.WrittenMemory);
    }
}
