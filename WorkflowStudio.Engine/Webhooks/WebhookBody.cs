using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Engine.Storage.Queries;

namespace WorkflowStudio.Engine.Webhooks;

/// <summary>
/// What an endpoint is sent, in the words of its dialect: docs/webhooks.md shows each. Made of the delivery alone, so it is the same at
/// every try.
/// </summary>
public static class WebhookBody
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The id of a delivery as the other side sees it: in bodies, and as <c>webhook-id</c>.</summary>
    public static string ShownId(Guid delivery) => "evt_" + delivery.ToString("N", CultureInfo.InvariantCulture);

    /// <summary>The body as UTF-8.</summary>
    public static byte[] Of(DeliveryRow row)
    {
        var (words, buffer) = (BodyWords.Of(row.Dialect), new ArrayBufferWriter<byte>(512));
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            if (row.Dialect == WebhookDialect.Documents)
            {
                json.WriteString("event", row.Event);
                json.WriteString("timestamp", Time(row.CreatedAt));
            }
            else
            {
                json.WriteString("id", ShownId(row.Id));
                json.WriteString("type", row.Event);
                json.WriteString(words.CreatedAt, Time(row.CreatedAt));
            }

            if (row.Dialect == WebhookDialect.Services) json.WriteString("tenant_id", row.WorkspaceId);
            json.WriteStartObject("data");
            Data(json, row, words);
            json.WriteEndObject();
            if (row.Dialect == WebhookDialect.Documents) json.WriteString("webhook_id", row.EndpointId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Data(Utf8JsonWriter json, DeliveryRow row, BodyWords words)
    {
        var facts = DeliveryFacts.Read(row.Facts);
        if (row.WorkflowId is not { } workflow) json.WriteString("message", "This is a test.");
        else if (row.RunId is { } run) OfRun(json, row, words, facts, (run, workflow));
        else OfWorkflow(json, row, words, facts, workflow);
    }

    private static void OfRun(Utf8JsonWriter json, DeliveryRow row, BodyWords words, DeliveryFacts facts, (Guid Run, Guid Workflow) ids)
    {
        var what = WebhookEvents.Read(row.Dialect, row.Event);
        json.WriteString(words.RunId, words.ShowRun(ids.Run));
        json.WriteString(words.WorkflowId, words.ShowWorkflow(ids.Workflow));
        json.WriteString(words.WorkflowName, row.WorkflowName);
        if (facts.Step is { } step)
        {
            json.WriteString("step_id", step);
            if (facts.Iteration is { } iteration) json.WriteString("iteration", iteration);
        }

        json.WriteString("status", what switch
        {
            Happenings.RunStarted => "running",
            Happenings.RunFailed or Happenings.StepFailed => "failed",
            _ => "completed",
        });
        json.WriteString(words.StartedAt, Time(TimeOrderedId.TimeOf(ids.Run)));
        if (what is Happenings.RunCompleted or Happenings.RunFailed) json.WriteString(words.EndedAt, Time(row.CreatedAt));
        if (facts.Code is null) return;
        json.WriteStartObject("error");
        json.WriteString("code", facts.Code);
        json.WriteString("message", facts.Message);
        json.WriteEndObject();
    }

    private static void OfWorkflow(Utf8JsonWriter json, DeliveryRow row, BodyWords words, DeliveryFacts facts, Guid workflow)
    {
        json.WriteString("id", words.ShowWorkflow(workflow));
        json.WriteString("name", row.WorkflowName);
        json.WriteString("description", facts.Description);
        json.WriteString("slug", facts.Slug);
        json.WriteBoolean("isActive", facts.IsActive ?? false);
        json.WriteNumber("version", (row.Dialect == WebhookDialect.Graph ? facts.Version : facts.Snapshot) ?? 0);
        json.WriteString("createdAt", Time(facts.CreatedAt ?? row.CreatedAt));
        json.WriteString("updatedAt", Time(row.CreatedAt));
    }

    // as everywhere in the APIs: whole seconds
    private static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
