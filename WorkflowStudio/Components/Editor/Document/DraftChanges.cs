using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>
/// Counts what a draft changes of the published version, as a person would: a step added is one change, however many links it took.
/// </summary>
internal static class DraftChanges
{
    /// <summary>0 when both do the same. Without a published version every step counts.</summary>
    public static int Count(WorkflowDefinition? published, WorkflowDefinition draft)
    {
        if (published is null) return draft.Nodes.Count;
        var before = published.Nodes.DistinctBy(n => n.Id).ToDictionary(n => n.Id);
        var after = draft.Nodes.DistinctBy(n => n.Id).ToDictionary(n => n.Id);
        var comeOrGone = before.Keys.Except(after.Keys).Union(after.Keys.Except(before.Keys)).ToHashSet();
        var changed = after.Values.Count(n => before.TryGetValue(n.Id, out var old) && !Same(old, n));
        var links = Links(published).Except(Links(draft)).Union(Links(draft).Except(Links(published))).ToList();
        var relinked = links.Where(l => !comeOrGone.Contains(l.From) && !comeOrGone.Contains(l.To)).ToList();
        if (comeOrGone.Count > 0) relinked.RemoveAll(l => Bridges(l, links, comeOrGone));
        return comeOrGone.Count + changed + relinked.Count + (Same(published.Trigger, draft.Trigger) ? 0 : 1)
            + (Same(published.Settings, draft.Settings) ? 0 : 1);
    }

    private static IEnumerable<LinkConnection> Links(WorkflowDefinition definition) => definition.Links.Distinct();

    // a link that was cut or drawn because a step came between its ends, or went from there
    private static bool Bridges(LinkConnection link, List<LinkConnection> links, HashSet<string> comeOrGone) =>
        links.Exists(l => l.From == link.From && comeOrGone.Contains(l.To))
        && links.Exists(l => l.To == link.To && comeOrGone.Contains(l.From));

    private static bool Same(WorkflowNode a, WorkflowNode b) =>
        ReferenceEquals(a, b) || (a with { Config = default } == b with { Config = default } && Same(a.Config, b.Config));

    private static bool Same(WorkflowTrigger a, WorkflowTrigger b) =>
        ReferenceEquals(a, b) || (a.Type == b.Type && a.Event == b.Event && Same(a.Config, b.Config) && Same(a.Constraints, b.Constraints));

    private static bool Same(WorkflowSettings a, WorkflowSettings b) =>
        ReferenceEquals(a, b) || (a with { Variables = default } == b with { Variables = default } && Same(a.Variables, b.Variables));

    private static bool Same(JsonElement a, JsonElement b) => a.ValueKind == JsonValueKind.Undefined
        || b.ValueKind == JsonValueKind.Undefined
        ? a.ValueKind == b.ValueKind
        : JsonElement.DeepEquals(a, b);
}
