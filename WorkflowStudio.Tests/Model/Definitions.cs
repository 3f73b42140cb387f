using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Model;

/// <summary>Short ways to write definitions in tests.</summary>
internal static class Definitions
{
    public static NodeCatalog Catalog { get; } = new(
    [
        new SetNode(),
        new ReminderNode(),
        new FakeNode("wait", ["out"], waits: true),
        new FakeNode("condition", ["then", "else"]),
        new FakeNode("end", []),
        new FakeNode("ai_agent_intake", ["out"]),
        new FakeNode("appointment_booking", ["out"]),
        new FakeNode("stripe_invoice_generation", ["out"]),
        new FakeNode("google_reviews_sms", ["out"], waits: true, ["$google_review_url"]),
        new FakeNode("invoice_reminder_loop", ["paid", "unpaid"], waits: true),
    ]);

    public static WorkflowNode Step(string id, string type = "set", string config = """{"values":{}}""") =>
        new() { Id = id, Type = type, Config = JsonElement.Parse(config) };

    /// <summary>Links as text: <c>trigger>a a:then>b</c>.</summary>
    public static WorkflowDefinition Of(string links, params WorkflowNode[] nodes) => WorkflowDefinition.Empty with
    {
        Nodes = nodes,
        Links = [.. links.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Link)],
    };

    public static IReadOnlyList<string> Problems(WorkflowDefinition definition) =>
        [.. new WorkflowValidator(Catalog).Validate(definition)
            .Select(p => $"{(p.Severity == ProblemSeverity.Warning ? "warning " : "")}{p.Code} {p.Path} [{p.NodeId}] {p.Message}")];

    private static LinkConnection Link(string text)
    {
        var (from, to) = (text.Split('>')[0], text.Split('>')[1]);
        return from.Split(':') is [var node, var port] ? new LinkConnection(node, port, to) : new LinkConnection(from, null, to);
    }
}
