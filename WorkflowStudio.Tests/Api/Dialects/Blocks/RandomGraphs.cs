using WorkflowStudio.Engine.Model;
using static WorkflowStudio.Tests.Api.Dialects.Blocks.BlockCases;

namespace WorkflowStudio.Tests.Api.Dialects.Blocks;

/// <summary>
/// Definitions made of parts one after the other and side by side, as somebody would draw them: some ways end early, some come together
/// before the others do, several links leave one port.
/// </summary>
internal sealed class RandomGraphs(Choices choices)
{
    private readonly List<WorkflowNode> nodes = [];
    private readonly List<LinkConnection> links = [];

    public WorkflowDefinition Make()
    {
        Part([(WorkflowDefinition.TriggerId, null)], 0);
        return WorkflowDefinition.Empty with { Nodes = nodes, Links = links };
    }

    /// <summary>Any links between some steps, mostly ones that do not nest.</summary>
    public WorkflowDefinition Tangle()
    {
        var count = 2 + choices.Next(6);
        for (var i = 0; i < count; i++) Node(choices.Of("set", "condition", "ask", "for_each"));
        for (var i = 0; i < count; i++)
            foreach (var _ in Enumerable.Range(0, 1 + choices.Next(2)))
            {
                var from = choices.Next(i + 1) is > 0 and var earlier ? nodes[earlier - 1] : null;
                var port = from is null ? null : choices.Of([.. Types.PortsOf(from)]);
                links.Add(new LinkConnection(from?.Id ?? WorkflowDefinition.TriggerId, port, nodes[i].Id));
            }

        if (choices.Next(4) == 3) links.Add(new LinkConnection(nodes[^1].Id, null, nodes[0].Id));
        return WorkflowDefinition.Empty with { Nodes = nodes, Links = [.. links.Distinct()] };
    }

    private List<(string From, string? Port)> Part(List<(string From, string? Port)> ends, int depth)
    {
        for (var i = 1 + choices.Next(3); i > 0 && ends.Count > 0 && choices.AreLeft; i--)
            ends = depth > 5 ? One(ends, "set") : choices.Next(9) switch
            {
                0 when ends.Count == 1 => Fork(ends, depth), // ways that come together and part at once have no step between
                1 => Loop(ends, depth),
                2 => One(ends, choices.Of("end", "set")),
                3 => Ways(ends, "switch", depth, "a", "b", "c", "default"),
                4 => Ways(ends, "ask", depth, "approved", "rejected", "timeout"),
                5 => Ways(ends, "parallel", depth, "first", "second"),
                6 => Ways(ends, "condition", depth, "then", "else", "error"),
                _ => One(ends, choices.Of("set", "wait", "merge", "set")),
            };
        return ends;
    }

    private List<(string From, string? Port)> One(List<(string From, string? Port)> ends, string type)
    {
        var node = Link(ends, type);
        return type == "end" ? [] : [(node.Id, null)];
    }

    private List<(string From, string? Port)> Ways(List<(string From, string? Port)> ends, string type, int depth, params string[] ports)
    {
        var node = Link(ends, type);
        var ways = new List<List<(string From, string? Port)>>();
        foreach (var port in ports) ways.Add(Way([(node.Id, port)], depth));
        if (ways.Count > 2 && choices.Next(3) == 2)
        {
            List<(string From, string? Port)> some = [.. ways[0], .. ways[1]];
            ways.RemoveRange(0, 2);
            ways.Add(some.Count > 0 ? Part(One(some, "set"), depth + 1) : []);
        }

        return [.. ways.SelectMany(w => w)];
    }

    // goes on, goes on at once, or comes to an end
    private List<(string From, string? Port)> Way(List<(string From, string? Port)> begin, int depth) => choices.Next(4) switch
    {
        0 => begin,
        1 when Part(begin, depth + 1) is var _ => [],
        2 when choices.Next(2) == 1 => [],
        _ => Part(begin, depth + 1),
    };

    private List<(string From, string? Port)> Fork(List<(string From, string? Port)> ends, int depth) =>
        [.. Way([.. ends], depth).Concat(Part(One([.. ends], "set"), depth + 1)).Distinct()];

    private List<(string From, string? Port)> Loop(List<(string From, string? Port)> ends, int depth)
    {
        var node = Link(ends, "for_each");
        Part([(node.Id, null)], depth + 1);
        return [(node.Id, "done")];
    }

    private WorkflowNode Link(List<(string From, string? Port)> ends, string type)
    {
        var node = Node(type);
        links.AddRange(ends.Select(e => new LinkConnection(e.From, e.Port, node.Id)));
        return node;
    }

    private WorkflowNode Node(string type)
    {
        var config = type switch
        {
            "switch" => """{"value":"{{x}}","cases":[{"name":"a","equals":1},{"name":"b","operator":"less_than","equals":2},{"name":"c"}]}""",
            "condition" => choices.Of(
                """{"conditions":[{"left":"{{x}}","operator":"is_true"}]}""", """{"expression":"{{ x }}"}""",
                """{"conditions":[{"left":1},{"left":2}],"match":"any"}""", """{"condition":5}"""),
            "for_each" => """{"items":"{{ list }}"}""",
            "parallel" => """{"branches":["first","second"]}""",
            "wait" => choices.Of("""{"for":"2 hours"}""", """{"mode":"for","for":"3","unit":"days"}""", """{"event":"odd"}"""),
            "merge" => """{"mode":"any"}""",
            _ => """{"values":{"a":1}}""",
        };
        var node = new WorkflowNode
        {
            Id = $"n{nodes.Count}", Type = type, Config = Json(config), Name = choices.Of("", "N"),
            OnError = type == "condition" ? OnError.Port : OnError.Fail,
            Retry = choices.Next(9) == 8 ? new RetryPolicy(3, TimeSpan.FromSeconds(5), true) : null, Disabled = choices.Next(9) == 8,
        };
        nodes.Add(node);
        return node;
    }
}
