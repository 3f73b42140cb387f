using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Api.Dialects.Sequences;

/// <summary>The bodies of the reference text, letter by letter, and what its examples answer.</summary>
internal static class SequencesTexts
{
    public const string Templates = "/api/v1/workflows";

    public const string Create = """
        {
          "name": "Lead Pre-Screening",
          "triggerType": "manual",
          "steps": [
            { "type": "send_message", "config": { "template": "intro" } },
            { "type": "wait_for_reply", "config": { "timeoutHours": 24 } },
            { "type": "agent", "config": { "mode": "interactive" } }
          ],
          "description": "Qualify prospects with key questions before scheduling a showing.",
          "exitConditions": { "maxMessages": 20, "timeoutDays": 7 },
          "introMessage": "Hi! I'd like to ask a few quick questions.",
          "isPublic": true
        }
        """;

    public const string Created = """
        {
          "data": {
            "id": "wf_new456",
            "name": "Lead Pre-Screening",
            "description": "Qualify prospects with key questions before scheduling a showing.",
            "isPublic": true,
            "isActive": true,
            "triggerType": "manual",
            "slug": "lead-pre-screening",
            "steps": [
              { "type": "send_message", "config": { "template": "intro" } },
              { "type": "wait_for_reply", "config": { "timeoutHours": 24 } },
              { "type": "agent", "config": { "mode": "interactive" } }
            ],
            "exitConditions": { "maxMessages": 20, "timeoutDays": 7 },
            "questionConfig": null,
            "completionConfig": null,
            "introMessage": "Hi! I'd like to ask a few quick questions.",
            "voiceConfig": null,
            "version": 1,
            "createdAt": "2026-02-26T12:00:00Z",
            "updatedAt": "2026-02-26T12:00:00Z"
          }
        }
        """;

    public const string Update = """
        {
          "description": "Updated description for the screening workflow.",
          "steps": [
            { "type": "send_message", "config": { "template": "intro_v2" } },
            { "type": "wait_for_reply", "config": { "timeoutHours": 48 } },
            { "type": "agent", "config": { "mode": "interactive" } },
            { "type": "end" }
          ],
          "exitConditions": { "maxMessages": 30, "timeoutDays": 14 }
        }
        """;

    /// <summary>The body that makes a template, changed by <paramref name="change"/>.</summary>
    public static string With(Action<JsonObject> change)
    {
        var body = JsonNode.Parse(Create)!.AsObject();
        change(body);
        return body.ToJsonString();
    }

    /// <summary>The body with a field.</summary>
    public static string With(string field, string json) => With(b => b[field] = JsonNode.Parse(json));

    public static JsonElement Data(this Reply reply) => reply.Json.GetProperty("data");

    public static string Id(this Reply reply) => reply.Data().GetProperty("id").GetString()!;

    /// <summary>Makes a template; answers its id.</summary>
    public static async Task<string> MakeAsync(this TestPractice practice, string body = Create)
    {
        var made = await practice.PostAsync(Templates, body);
        Assert.True(made.Status == 201, made.Body);
        return made.Id();
    }

    public static Task<Reply> PatchAsync(this TestPractice practice, string id, string body) =>
        practice.SendAsync(
            HttpMethod.Patch, $"{Templates}/{id}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), null);

    /// <summary>The same but for what differs from call to call.</summary>
    public static void AssertLike(string expected, Reply reply, params string[] differing)
    {
        var (wanted, got) = (JsonNode.Parse(expected)!["data"]!.AsObject(), JsonNode.Parse(reply.Body)!["data"]!.AsObject());
        foreach (var field in differing.Append("id"))
        {
            Assert.True(got.ContainsKey(field), field);
            wanted.Remove(field);
            got.Remove(field);
        }

        Assert.Equal(wanted.ToJsonString(), got.ToJsonString()); // the order of the text, too
    }
}
