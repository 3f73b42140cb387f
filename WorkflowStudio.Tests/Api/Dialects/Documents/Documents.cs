using System.Text;
using System.Text.Json;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Documents;

/// <summary>What the tests of the documents dialect share.</summary>
internal static class Documents
{
    public const string Address = "/api/workflows";

    /// <summary>The body of the reference text, byte for byte.</summary>
    public const string Reference = """
        {
        "name": "Invoice Processing",
        "description": "Automatically extract data from invoices",
        "definition": {
        "steps": [
        {
        "id": "parse",
        "type": "parse",
        "config": {}
        },
        {
        "id": "extract",
        "type": "extract",
        "config": {
        "schema_id": "invoice-schema"
        }
        },
        {
        "id": "notify",
        "type": "integration",
        "config": {
        "integration_id": "slack-uuid",
        "template": "Invoice processed: {{invoice_number}}"
        }
        }
        ]
        },
        "trigger_type": "event",
        "trigger_config": {
        "event": "document.uploaded",
        "filters": {
        "file_type": "pdf",
        "knowledge_base_id": "kb-uuid"
        }
        },
        "enabled": true
        }
        """;

    /// <summary>One that runs to its end.</summary>
    public const string Running = """
        {"name":"Runs","definition":{"steps":[{"id":"one","type":"set","config":{"values":{"total":"{{ n ?? 7 }}"}}},
        {"id":"large","type":"condition","config":{"field":"total","operator":"greater_than","value":5}},
        {"id":"double","type":"transform","config":{"expression":"total * 2"}}]}}
        """;

    /// <summary>A body with fields that are otherwise; JSON as it is written.</summary>
    public static string With(params (string Field, string Value)[] fields)
    {
        var all = new Dictionary<string, string>
        { ["name"] = "\"One\"", ["definition"] = """{"steps":[{"id":"parse","type":"parse","config":{}}]}""" };
        foreach (var (field, value) in fields) all[field] = value;
        return "{" + string.Join(',', all.Select(p => $"\"{p.Key}\":{p.Value}")) + "}";
    }

    public static string? Text(JsonElement of, string field) => of.GetProperty(field).GetString();

    public static async Task<string> MakeAsync(this TestPractice practice, string body = Reference)
    {
        var made = await practice.PostAsync(Address, body);
        Assert.True(made.Status == 201, made.Body);
        return $"{Address}/{made.Text("id")}";
    }

    public static Task<Reply> PutAsync(this TestPractice practice, string path, string body) =>
        practice.SendAsync(HttpMethod.Put, path, new StringContent(body, Encoding.UTF8, "application/json"), null);

    /// <summary>Fails where a reply is no refusal of this status and code.</summary>
    public static JsonElement Refused(Reply reply, int status, string code)
    {
        Assert.True(reply.Status == status, reply.Body);
        var error = reply.Json.GetProperty("error");
        Assert.Equal(code, Text(error, "code"));
        return error.GetProperty("details");
    }

    /// <summary>The executions once the first has ended.</summary>
    public static async Task<Reply> EndedAsync(this TestPractice practice, string path)
    {
        using var patience = new CancellationTokenSource(EngineHarness.Patience);
        Reply reply;
        do
        {
            await Task.Yield();
            reply = await practice.GetAsync(path + "/executions");
        }
        while ((reply.Json.GetProperty("executions") is var all && (all.GetArrayLength() == 0 || Text(all[0], "completed_at") is null))
            && !patience.IsCancellationRequested);
        return reply;
    }
}
