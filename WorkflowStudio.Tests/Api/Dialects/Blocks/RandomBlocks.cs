using System.Text.Json.Nodes;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

/// <summary>Any list that a client may send: good steps, odd ones, and what is no step at all.</summary>
internal sealed class RandomBlocks(Choices choices)
{
    private int count;

    public JsonArray Sequence(int depth)
    {
        var list = new JsonArray();
        for (var i = choices.Next(depth == 0 ? 5 : 4); i > 0 && choices.AreLeft; i--) list.Add(Step(depth));
        return list;
    }

    private JsonNode? Step(int depth)
    {
        if (depth > 6) return Action();
        return choices.Next(14) switch
        {
            0 => Junk(),
            1 or 2 or 3 => Action(),
            4 => With(Action(), "branches", Branches(depth, "approved", "rejected", "error", "out")),
            5 => new JsonObject
            { ["$kind"] = "Block", ["type"] = "parallel", ["implicit"] = true, ["branches"] = Branches(depth, "1", "2", "x") },
            6 => Grouped(depth),
            _ => Block(depth),
        };
    }

    private JsonObject Action() => Odd(new JsonObject
    {
        ["$kind"] = "Action", ["id"] = Id(), ["type"] = choices.Of("set", "ask", "end", "stop", "ask-ai", "condition", "wait", ""),
        ["name"] = choices.Of("", "Tell them"),
        ["input"] = choices.Of<Func<JsonNode?>>(() => new JsonObject { ["values"] = new JsonObject { ["x"] = "{{a.output.x}}" } },
            () => new JsonObject(), () => "text", () => null)(),
    });

    private JsonObject Block(int depth)
    {
        var (type, inputs, names) = choices.Next(7) switch
        {
            0 or 1 => ("if-else", Condition(), new[] { "then", "else", "error" }),
            2 => ("switch", Cases(), ["a", "b", "c", "default"]),
            3 => ("for-each", new JsonObject { ["items"] = "{{$initialPayload.list}}", ["concurrency"] = 2 }, ["body", "done", "each"]),
            4 => ("parallel", [], ["first", "second", "third"]),
            5 => ("wait", choices.Of(new JsonObject { ["duration"] = 30 }, new JsonObject { ["duration"] = "2 hours" },
                new JsonObject { ["until"] = "2026-12-01T09:00" }, new JsonObject { ["event"] = "x", ["timeout"] = "1 day" }), ["timeout"]),
            _ => ("race", new JsonObject { ["x"] = 1 }, new[] { "left", "right" }),
        };
        var block = new JsonObject { ["$kind"] = "Block", ["type"] = type, ["id"] = Id(), ["inputs"] = inputs, };
        if (type != "wait" || choices.Next(3) == 1) block["branches"] = Branches(depth, names);
        return Odd(block);
    }

    private JsonObject Grouped(int depth)
    {
        var block = new JsonObject
        {
            ["$kind"] = "Block", ["type"] = "switch", ["id"] = Id(),
            ["inputs"] = new JsonObject { ["value"] = 1, ["cases"] = new JsonArray("a", "b") },
            ["branches"] = new JsonObject { ["default"] = Sequence(depth + 1) },
            ["groups"] = new JsonArray(new JsonObject
            {
                ["branches"] = new JsonObject { ["a"] = Sequence(depth + 1), ["b"] = Sequence(depth + 1) }, ["then"] = Sequence(depth + 1),
            }),
        };
        return Odd(block);
    }

    private JsonObject Condition() => choices.Of<Func<JsonObject>>(
        () => new() { ["condition"] = new JsonObject { ["operatorName"] = "equals", ["left"] = "{{a.output.b}}", ["right"] = "value" } },
        () => new() { ["condition"] = new JsonObject { ["operatorName"] = "is_empty", ["left"] = "x", ["note"] = 1 } },
        () => new() { ["condition"] = "{{ a.output.ok }}" },
        () => new() { ["match"] = "any", ["conditions"] = new JsonArray(new JsonObject { ["operatorName"] = "exists", ["left"] = 1 }, 5) },
        () => new()
        { ["condition"] = new JsonObject { ["operator"] = "equals", ["operatorName"] = "x" }, ["conditions"] = new JsonArray(1) },
        () => [])();

    private JsonObject Cases() => choices.Of<Func<JsonObject>>(
        () => new() { ["value"] = "{{x}}", ["cases"] = new JsonArray("a", "b") },
        () => new() { ["value"] = "{{x}}", ["cases"] = new JsonObject { ["a"] = 1, ["b"] = "two" } },
        () => new()
        {
            ["value"] = "{{x}}",
            ["cases"] = new JsonArray(new JsonObject { ["name"] = "a", ["operatorName"] = "less_than", ["equals"] = 5 }),
        },
        () => new() { ["value"] = "{{x}}" })();

    private JsonObject Branches(int depth, params string[] names)
    {
        var branches = new JsonObject();
        foreach (var name in names)
            if (choices.Next(4) > 0) branches[name] = choices.Next(25) == 24 ? 5 : Sequence(depth + 1);
        return branches;
    }

    private JsonNode? Junk() => choices.Of<Func<JsonNode?>>(() => "<unknown>", () => null, () => 7, () => new JsonArray(1, new JsonArray()),
        () => new JsonObject { ["id"] = "odd", ["x"] = 1 }, () => new JsonObject { ["$kind"] = "Other", ["type"] = "x", ["branches"] = 1 },
        () => new JsonObject { ["$kind"] = "Block" })();

    private JsonNode? Id() => choices.Next(12) switch
    {
        0 => null,
        1 => "",
        2 => "same",
        3 => 5,
        4 => "trigger",
        5 => "step_1",
        6 => "with space",
        _ => $"s-{++count}",
    };

    // fields that the reference text does not know, and some that are left out
    private JsonObject Odd(JsonObject step) => choices.Next(16) switch
    {
        0 => With(step, "color", "red"),
        1 => With(step, "retry", new JsonObject { ["attempts"] = 3, ["delay"] = "PT5S" }),
        2 => With(step, "retry", "often"),
        3 => With(step, "on_error", choices.Of("continue", "error_port", "fail", "never")),
        4 => With(step, "disabled", choices.Of<JsonNode?>(true, false, null)),
        5 => With(step, "timeout", "PT30S"),
        6 => With(step, "closed", new JsonArray("then", "a")),
        7 => With(step, "groups", choices.Of<JsonNode>(new JsonArray(), 5)),
        8 => Without(step, "name"),
        9 => Without(step, choices.Of("input", "inputs")),
        10 => Without(step, "branches"),
        _ => step,
    };

    private static JsonObject With(JsonObject step, string field, JsonNode? value)
    {
        step[field] = value?.DeepClone();
        return step;
    }

    private static JsonObject Without(JsonObject step, string field)
    {
        step.Remove(field);
        return step;
    }
}
