using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Documents;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>Files that were posted to webhooks, in the words of graph.</summary>
internal static class GraphDocuments
{
    /// <summary>What is told of a document.</summary>
    public static JsonObject Shape => OpenApi.Shape.Told("",
        ("status", OpenApi.Shape.Always("success", "It was found.")),
        ("document", OpenApi.Shape.Told("A file that was posted to a webhook.",
            ("id", OpenApi.Shape.Uuid("The document.")), ("name", OpenApi.Shape.Text("Its name.")),
            ("content_type", OpenApi.Shape.Text("Its media type, as the sender said.")),
            ("size", OpenApi.Shape.Whole("In bytes.", 0)), ("sha256", OpenApi.Shape.Text("The hash of what is in it, base64.")),
            ("workflow_id?", OpenApi.Shape.Id("wf_", "The workflow to which it was posted.")),
            ("execution_id?", OpenApi.Shape.Id("exe_", "The run that it started.")),
            ("created_at", OpenApi.Shape.Time("When it came.")))));

    /// <summary>A document.</summary>
    public static ApiAnswer One(DocumentItem document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer, GraphJson.Writing))
        {
            w.WriteStartObject();
            w.WriteString("status", "success");
            w.WriteStartObject("document");
            w.WriteString("id", document.Id);
            w.WriteString("name", document.Name);
            w.WriteString("content_type", document.ContentType);
            w.WriteNumber("size", document.Size);
            w.WriteString("sha256", Convert.ToBase64String(document.Sha256));
            if (document.WorkflowId is { } workflow) w.WriteString("workflow_id", ShownId.Workflow(workflow));
            if (document.RunId is { } run) w.WriteString("execution_id", ShownId.Execution(run));
            w.WriteString("created_at", GraphTranslator.Time(document.CreatedAt));
            w.WriteEndObject();
            w.WriteEndObject();
        }

        return new ApiAnswer(StatusCodes.Status200OK, buffer.WrittenMemory);
    }
}
