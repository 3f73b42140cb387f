using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Tests.Api.Dialects.Blocks;

namespace WorkflowStudio.Tests.Api.Dialects.Common;

/// <summary>Bodies that a client of a dialect may send: its own fields in all their forms, and fields that nobody knows.</summary>
internal sealed class RandomBodies(Choices choices)
{
    private static readonly string[] Texts =
        ["", "Über uns 😀", "a \"quoted\" \\ text", "{{ $initialPayload.x ?? \"there\" }}", "<b>\u2028</b>"];

    public JsonObject Services()
    {
        var body = new JsonObject { ["name"] = "Sweep " + choices.Of("one", "ü 😀", "\"q\"") };
        if (choices.Next(2) == 0) body["trigger_type"] = "manual";
        else body[choices.Of("cron_expression", "schedule")] = choices.Of("0 9 * * *", "*/5 8-17 * * MON-FRI", "@daily");
        Maybe(body, "description", Text);
        Maybe(body, "timezone", () => choices.Of("UTC", "Europe/London", "America/New_York"));
        Maybe(body, "status", () => choices.Of("active", "paused"));
        Maybe(body, "visibility", () => choices.Of("private", "tenant"));
        var (type, config) = (choices.Of("type", "step_type"), choices.Of("config", "step_config"));
        body["steps"] = List(5, () => new JsonObject
        {
            [type] = choices.Of("create_notification", "mark_invoices_overdue", "send_invoice_reminder", "generate_recurring_invoice"),
            [config] = Extra(),
        });
        Extra(body);
        return body;
    }

    public JsonObject Documents()
    {
        var trigger = choices.Of("manual", "webhook", "event", "scheduled");
        var body = new JsonObject { ["name"] = "Documents", ["trigger_type"] = trigger };
        if (trigger == "event")
            body["trigger_config"] = new JsonObject
            {
                ["event"] = choices.Of("document.uploaded", "chat.message", "extraction.completed"),
                ["filters"] = new JsonObject { ["file_type"] = choices.Of<JsonNode>("pdf", new JsonArray("pdf", "docx")) },
            };
        if (trigger == "scheduled") body["trigger_config"] = new JsonObject { ["cron_expression"] = "0 9 * * 1-5", ["timezone"] = "UTC" };
        Maybe(body, "description", Text);
        Maybe(body, "enabled", () => choices.Next(2) == 0);
        var (count, before) = (0, (string?)null);
        body["definition"] = new JsonObject
        {
            ["steps"] = List(6, () => choices.Next(5) switch
            {
                0 => Step("parse", []),
                1 => Step("extract", new JsonObject { ["schema_id"] = "invoice-schema" }),
                2 => Step("transform", new JsonObject { ["expression"] = "{{ 1 + 1 }}" }),
                3 => Step("condition", new JsonObject { ["field"] = "total", ["operator"] = "greater_than", ["value"] = 100 }),
                _ => Step("integration", new JsonObject
                {
                    ["integration_id"] = "slack-uuid",
                    ["template"] = before is null ? "Read: {{total}}" : $"Read: {{{{ $node[{before}].total ?? $node[ {before} ] ?? 1 }}}}",
                }),
            }),
        };
        Extra(body["definition"]!.AsObject());
        Extra(body);
        return body;

        JsonObject Step(string type, JsonObject config)
        {
            Extra(config);
            var id = choices.Of($"{type}_{++count}", $"Größe {count}", $"\"{count}\\' ]}}}}", $"{count}.😀/:", $"${count}",
                $"{count}" + new string('x', 199 - (count / 10)));
            before = JsonSerializer.Serialize(id);
            var step = new JsonObject { ["id"] = id, ["type"] = type, ["config"] = config };
            Extra(step);
            return step;
        }
    }

    public JsonObject Sequences()
    {
        var body = new JsonObject { ["name"] = "Template " + choices.Next(9), ["triggerType"] = "manual" };
        Maybe(body, "description", Text);
        Maybe(body, "exitConditions", () => new JsonObject { ["maxMessages"] = 20, ["timeoutDays"] = 7 });
        foreach (var config in new[] { "questionConfig", "completionConfig", "voiceConfig", "triggerConfig" }) Maybe(body, config, Extra);
        Maybe(body, "introMessage", Text);
        Maybe(body, "isPublic", () => choices.Next(2) == 0);
        Maybe(body, "isActive", () => choices.Next(2) == 0);
        body["steps"] = List(7, () => choices.Next(6) switch
        {
            0 => Step("send_message", new JsonObject { ["template"] = "intro" }),
            1 => Step("wait_for_reply", new JsonObject { ["timeoutHours"] = 24 }),
            2 => Step("wait", new JsonObject { ["duration"] = choices.Of("30s", "24h", "3 days") }),
            3 => Step("agent", new JsonObject { ["mode"] = "interactive" }),
            4 => Step("update_contact", new JsonObject { ["note"] = "Hi {contact.name}" }),
            _ => new JsonObject { ["type"] = "notify_agent" },
        });
        return body;

        JsonObject Step(string type, JsonObject config)
        {
            if (type is not "wait") Extra(config);
            return new JsonObject { ["type"] = type, ["config"] = config };
        }
    }

    public JsonObject Graph()
    {
        var body = new JsonObject { ["name"] = "Graph " + choices.Next(9), ["status"] = choices.Of("active", "paused") };
        Maybe(body, "description", Text);
        body["trigger"] = choices.Of(
            new JsonObject { ["type"] = "manual" },
            new JsonObject { ["type"] = "event", ["event"] = "x", ["constraints"] = new JsonObject { ["=="] = new JsonArray(1, 1) } },
            new JsonObject
            {
                ["type"] = "webhook", ["event"] = "contact_form_submission",
                ["config"] = new JsonObject { ["cors_allowed_origins"] = new JsonArray("https://texas-web-service.com") }
            });
        var nodes = List(6, () => Node(choices.Of("set", "end", "condition", "ai_agent_intake", "appointment_booking")));
        for (var i = 0; i < nodes.Count; i++) nodes[i]!["id"] = $"node_{i}";
        var links = new JsonArray(new JsonObject { ["from"] = "trigger", ["to"] = "node_0" });
        for (var i = 1; i < nodes.Count; i++)
        {
            // every step hangs on one before it, so that something leads to each
            var before = choices.Next(i);
            while (before > 0 && nodes[before]!["type"]!.GetValue<string>() == "end") before--;
            if (nodes[before]!["type"]!.GetValue<string>() == "end") nodes[before] = With(Node("set"), "id", $"node_{before}");
            var link = new JsonObject { ["from"] = $"node_{before}", ["to"] = $"node_{i}" };
            if (nodes[before]!["type"]!.GetValue<string>() == "condition") link["from_port"] = choices.Of("then", "else");
            links.Add(link);
        }

        (body["nodes"], body["link_connections"]) = (nodes, links);
        Maybe(body, "settings", () => new JsonObject { ["timezone"] = "America/Chicago" });
        Extra(body);
        return body;

        JsonObject Node(string type)
        {
            var node = new JsonObject { ["id"] = "", ["type"] = type };
            Maybe(node, "name", () => choices.Of("A step", "Ü 😀"));
            var config = type switch
            {
                "set" => new JsonObject
                { ["values"] = new JsonObject { ["x"] = choices.Of<JsonNode>(1, "{{ $now }}", new JsonArray(1.5)) } },
                "condition" => new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["left"] = 1, ["operator"] = "is_true" }) },
                "ai_agent_intake" => new JsonObject
                {
                    ["agent_name"] = "Sterling AI", ["system_instruction"] = "Be kind.", ["temperature"] = 0.2,
                    ["input_mappings"] = new JsonObject { ["raw_body"] = "{{ $initialPayload.form_message ?? \"\" }}" },
                },
                "appointment_booking" => new JsonObject { ["calendar_connector"] = "acuity", ["appointment_type_id"] = "type_8321a" },
                _ => [],
            };
            if (type != "end") Extra(config);
            if (config.Count > 0) node["config"] = config;
            return node;
        }
    }

    private static JsonObject With(JsonObject node, string field, JsonNode value)
    {
        node[field] = value;
        return node;
    }

    private JsonArray List(int most, Func<JsonObject> one)
    {
        var list = new JsonArray();
        for (var i = choices.Next(most); i >= 0; i--) list.Add(one());
        return list;
    }

    private void Maybe(JsonObject body, string field, Func<JsonNode> value)
    {
        if (choices.Next(2) == 0) body[field] = value();
    }

    private JsonNode Text() => choices.Of(Texts);

    private JsonObject Extra()
    {
        var extra = new JsonObject();
        Extra(extra);
        return extra;
    }

    private void Extra(JsonObject into)
    {
        for (var i = choices.Next(3); i > 0; i--) into["x_" + choices.Of("team", "Größe", "a b", "0")] = Any(3);
    }

    private JsonNode Any(int depth) => choices.Next(depth > 0 ? 8 : 6) switch
    {
        0 => choices.Next(1000),
        1 => JsonNode.Parse(choices.Of("1.50", "-0.5e3", "12345678901234567", "true", "false"))!,
        2 or 3 or 4 => choices.Of(Texts),
        5 => new JsonArray(),
        6 => new JsonArray(Any(depth - 1), null, Any(depth - 1)),
        _ => new JsonObject { ["a"] = Any(depth - 1), ["b"] = null },
    };
}
