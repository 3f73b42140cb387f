using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Webhooks;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>What all dialects have, as this one tells it: one thing bare, a list under its name.</summary>
internal sealed class DocumentsForm : DialectForm
{
    public static DocumentsForm Instance { get; } = new();

    public override WebhookDialect Webhooks => WebhookDialect.Documents;

    public override string IsOn => "enabled";

    public override string RunId => "execution_id";

    public override ApiAnswer One(Action<Utf8JsonWriter> fields, int status = StatusCodes.Status200OK) => Written(status, fields);

    public override ApiAnswer List<T>(
        ApiCall call, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write, ListEnd? end = null) =>
        Written(StatusCodes.Status200OK, w =>
        {
            Items(w, name, items, write);
            if (end is not null) end.Write(w, this);
        });

    private static ApiAnswer Written(int status, Action<Utf8JsonWriter> fields) => new(status, DocumentsJson.Bytes(w =>
    {
        w.WriteStartObject();
        fields(w);
        w.WriteEndObject();
    }));
}
