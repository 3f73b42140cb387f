using System.Collections.Immutable;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Layout;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>
/// The changes people make on the canvas, as functions from one state to the next. None of them changes what it is given.
/// </summary>
internal sealed class GraphEdits(NodeCatalog catalog)
{
    /// <summary>Adds a step of this type where there is room, linked to nothing.</summary>
    public Edit Add(DocumentState state, string type, double x, double y)
    {
        if (state.Definition.Nodes.Count >= WorkflowDefinition.MaxNodes)
            return Edit.Refuse($"A workflow has at most {WorkflowDefinition.MaxNodes} steps. Split it into several workflows.");
        if (catalog.Form(type) is not { } form) return Edit.Refuse($"There is no step type {type}.");
        var id = FreeNames.Id(form.Title, FreeNames.TakenIds(state.Definition));
        var node = new WorkflowNode
        { Id = id, Type = type, Name = FreeNames.Name(form.Title, FreeNames.TakenNames(state.Definition)), Config = JsonEdit.Map([]) };
        return new Edit(Put(state, node, x, y), Select: [id]);
    }

    /// <summary>Adds a step and links it to a port of another.</summary>
    public Edit AddAfter(DocumentState state, string type, string from, string? port, double x, double y)
    {
        var added = Add(state, type, x, y);
        if (added.State is null) return added;
        var linked = Connect(added.State, from, port, added.Select![0]);
        return linked.State is null ? linked : linked with { Select = added.Select };
    }

    /// <summary>Puts a step between the ends of a link. What follows moves right when there is no room.</summary>
    public Edit Splice(DocumentState state, string type, LinkConnection link, double x, double y)
    {
        if (catalog.Find(type)?.Ends == true)
            return Edit.Refuse("Nothing can follow this step, so it cannot stand in the middle of a link. Put it at the end.");
        var (from, to) = (state.PlaceOf(link.From), state.PlaceOf(link.To));
        var missing = from.X + (2 * LayoutGrid.Step) - to.X;
        if (to.X <= from.X) missing = 0; // a link that runs back: the step goes where the pointer was
        else
            (x, y) = (Math.Clamp(x, from.X + LayoutGrid.Step, Math.Max(from.X + LayoutGrid.Step, to.X - LayoutGrid.Step)),
                from.Y == to.Y ? from.Y : y);
        if (missing > 0) state = ShiftRight(state, link.To, to.X, missing);
        var added = Add(state.WithLinks(state.Definition.Links.Where(l => l != link)), type, x, y);
        if (added.State is null) return added;
        var id = added.Select![0];
        return added with
        { State = added.State.WithLinks([.. added.State.Definition.Links, link with { To = id }, new LinkConnection(id, null, link.To)]) };
    }

    /// <summary>Links a port to a step; a null port is the first.</summary>
    public Edit Connect(DocumentState state, string from, string? port, string to)
    {
        var definition = state.Definition;
        if (to == WorkflowDefinition.TriggerId)
            return Edit.Refuse("Nothing can lead to the start. Draw the link from the start to a step.");
        if (from == to) return Edit.Refuse("A step cannot be linked to itself.");
        if (definition.Node(to) is null || (from != WorkflowDefinition.TriggerId && definition.Node(from) is null))
            return Edit.Refuse("This step no longer exists.");
        if (Shape(definition, from)?.Ends == true) return Edit.Refuse("Nothing can follow this step.");
        if (definition.Links.Count >= WorkflowDefinition.MaxLinks)
            return Edit.Refuse($"A workflow has at most {WorkflowDefinition.MaxLinks} links.");
        var link = new LinkConnection(from, Stored(definition, from, port), to);
        if (definition.Links.Any(l => l.To == to && l.From == from && Stored(definition, from, l.FromPort) == link.FromPort))
            return Edit.Refuse("These two are linked already.");
        return new Edit(state.WithLinks([.. definition.Links, link]), Select: [LinkIds.Of(link, Port(definition, link))]);
    }

    /// <summary>Removes steps and links. The neighbours of a removed step are linked with each other again; the start stays.</summary>
    public Edit Delete(DocumentState state, IReadOnlyList<string> nodeIds, IReadOnlyList<string> linkIds)
    {
        var definition = state.Definition;
        var links = definition.Links.Where(l => !linkIds.Contains(LinkIds.Of(l, Port(definition, l)))).ToList();
        var gone = nodeIds.Where(id => definition.Node(id) is not null).ToHashSet();
        foreach (var id in gone) links = Join(definition, links, id);
        if (gone.Count == 0 && links.Count == definition.Links.Count)
            return Edit.Refuse(nodeIds.Contains(WorkflowDefinition.TriggerId)
                ? "The start stays: every workflow has one. Choose in its settings how it starts."
                : "Nothing to delete is selected.");
        return new Edit(state.WithLinks(links).WithNodes(definition.Nodes.Where(n => !gone.Contains(n.Id))) with
        { Places = state.Places.RemoveRange(gone) }, Select: []);
    }

    /// <summary>Adds copies: new ids and names, the links and references among them kept, set off from what is there.</summary>
    public Edit Paste(DocumentState state, CopiedSteps copied, Place? at)
    {
        if (state.Definition.Nodes.Count + copied.Nodes.Count > WorkflowDefinition.MaxNodes)
            return Edit.Refuse($"A workflow has at most {WorkflowDefinition.MaxNodes} steps.");
        var (ids, names) = (FreeNames.TakenIds(state.Definition), FreeNames.TakenNames(state.Definition));
        var renamed = new Dictionary<string, string>();
        foreach (var node in copied.Nodes)
        {
            renamed[node.Id] = FreeNames.Id(catalog.Type(node.Type)?.Title ?? node.Type, ids);
            ids.Add(renamed[node.Id]);
        }
        var corner = new Place(copied.Nodes.Min(n => copied.Places[n.Id].X), copied.Nodes.Min(n => copied.Places[n.Id].Y));
        var shift = at is { } to ? new Place(to.X - corner.X, to.Y - corner.Y) : FreeShift(state, copied);
        foreach (var node in copied.Nodes)
        {
            var name = FreeNames.Name(node.Name, names);
            names.Add(name);
            var config = TemplateRewriting.Rename(
                node.Config, r => r.Root == Engine.Expressions.ReferenceRoot.Step ? renamed.GetValueOrDefault(r.Name!) : null,
                catalog.Type(node.Type)?.Settings.Verbatim);
            var place = copied.Places[node.Id];
            state = state.WithNodes([.. state.Definition.Nodes, node with { Id = renamed[node.Id], Name = name, Config = config }]) with
            {
                Places = state.Places.SetItem(
                    renamed[node.Id], new Place(LayoutGrid.Snap(place.X + shift.X), LayoutGrid.Snap(place.Y + shift.Y))),
            };
        }
        var links = copied.Links.Select(l => l with { From = renamed[l.From], To = renamed[l.To] });
        return new Edit(state.WithLinks([.. state.Definition.Links, .. links]), Select: [.. renamed.Values]);
    }

    /// <summary>Gives a step other settings. A port that they call by another name takes its links with it.</summary>
    public Edit Reconfigure(DocumentState state, WorkflowNode node, JsonElement config)
    {
        var changed = node with { Config = config };
        var (before, after) = (catalog.PortsOf(node), catalog.PortsOf(changed));
        var next = state.WithNode(node.Id, _ => changed);
        if (before.Count == 0 || after.Count == 0 || before.SequenceEqual(after)) return new Edit(next);
        var renamed = before.Count == after.Count ? before.Zip(after).Where(p => p.First != p.Second).ToList() : [];
        var links = state.Definition.Links.Select(l => l.From == node.Id ? Moved(l) : l);
        return new Edit(next.WithLinks([.. links]));

        // stored as null, the first port would silently become another one
        LinkConnection Moved(LinkConnection link)
        {
            var port = link.FromPort ?? before[0];
            if (renamed is [var (old, now)] && old == port) port = now;
            return link with { FromPort = port == after[0] ? null : port };
        }
    }

    /// <summary>Lays everything out anew, or only the steps named (two or more), which stay where their upper left corner was.</summary>
    public Edit TidyUp(DocumentState state, IReadOnlyList<string> nodeIds)
    {
        var part = nodeIds.Where(state.Places.ContainsKey).ToHashSet();
        if (part.Count < 2) part = [.. state.Places.Keys];
        var definition = state.Definition with
        {
            Nodes = [.. state.Definition.Nodes.Where(n => part.Contains(n.Id))],
            Links = [.. state.Definition.Links.Where(l => part.Contains(l.From) && part.Contains(l.To))],
        };
        var places = GraphLayout.Arrange(definition, catalog).Where(p => part.Contains(p.Id)).ToList();
        var (x, y) = (part.Min(id => state.Places[id].X) - places.Min(p => p.X), part.Min(id => state.Places[id].Y) - places.Min(p => p.Y));
        return new Edit(state with
        {
            Places = state.Places.SetItems(
                places.Select(p => KeyValuePair.Create(p.Id, new Place(p.X + LayoutGrid.Snap(x), p.Y + LayoutGrid.Snap(y))))),
        });
    }

    /// <summary>The port that a link leaves from, by name.</summary>
    public string Port(WorkflowDefinition definition, LinkConnection link) => link.FromPort ?? FirstPort(definition, link.From);

    private DocumentState Put(DocumentState state, WorkflowNode node, double x, double y)
    {
        var (freeX, freeY) = LayoutGrid.FreePlace(Boxes(state), x, y, HeightOf(node));
        return state.WithNodes([.. state.Definition.Nodes, node]) with { Places = state.Places.SetItem(node.Id, new Place(freeX, freeY)) };
    }

    private IEnumerable<LayoutBox> Boxes(DocumentState state) =>
        state.Places.Select(
            p => new LayoutBox(p.Value.X, p.Value.Y, state.Definition.Node(p.Key) is { } node ? HeightOf(node) : LayoutGrid.HeightOf(1)));

    private int HeightOf(WorkflowNode node) => LayoutGrid.HeightOf(catalog.Ports(node) is { Count: > 0 } ports ? ports.Count : 1);

    private StepShape? Shape(WorkflowDefinition definition, string id) => definition.Node(id) is { } node ? catalog.Find(node.Type) : null;

    // the first port is stored as null, as most dialects write it
    private string? Stored(WorkflowDefinition definition, string from, string? port) =>
        port is null || from == WorkflowDefinition.TriggerId || port == FirstPort(definition, from) ? null : port;

    private string FirstPort(WorkflowDefinition definition, string id) =>
        definition.Node(id) is { } node && catalog.Ports(node) is [var first, ..] ? first.Id : NodePort.Out.Id;

    private List<LinkConnection> Join(WorkflowDefinition definition, List<LinkConnection> links, string gone)
    {
        var first = Stored(definition, gone, null);
        var after = links.Where(l => l.From == gone && Stored(definition, gone, l.FromPort) == first).Select(l => l.To).ToList();
        if (after.Count == 0) after = [.. links.Where(l => l.From == gone).Select(l => l.To).Take(1)];
        var joined = links.Where(l => l.To == gone).SelectMany(l => after.Select(to => l with { To = to }))
            .Where(l => l.From != l.To && l.From != gone && l.To != gone && !links.Contains(l)).Distinct();
        return [.. links.Where(l => l.From != gone && l.To != gone), .. joined];
    }

    private static DocumentState ShiftRight(DocumentState state, string start, double fromX, double distance)
    {
        var moving = new HashSet<string> { start };
        var open = new Stack<string>(moving);
        while (open.TryPop(out var id))
        {
            foreach (var link in state.Definition.Links.Where(l => l.From == id))
            {
                if (state.PlaceOf(link.To).X >= fromX && moving.Add(link.To)) open.Push(link.To);
            }
        }
        return state with
        {
            Places = state.Places.SetItems(
                moving.Select(id => KeyValuePair.Create(id, state.PlaceOf(id) with { X = state.PlaceOf(id).X + distance }))),
        };
    }

    private static Place FreeShift(DocumentState state, CopiedSteps copied)
    {
        var taken = state.Places.Values.ToHashSet();
        var shift = new Place(2 * LayoutGrid.Size, 2 * LayoutGrid.Size);
        while (copied.Places.Values.Any(p => taken.Contains(new Place(p.X + shift.X, p.Y + shift.Y))))
            shift = new Place(shift.X + (2 * LayoutGrid.Size), shift.Y + (2 * LayoutGrid.Size));
        return shift;
    }
}

/// <summary>Steps that were copied, with the links among them and their places.</summary>
public sealed record CopiedSteps(
    IReadOnlyList<WorkflowNode> Nodes, IReadOnlyList<LinkConnection> Links, ImmutableDictionary<string, Place> Places)
{
    /// <summary>Copies the steps named; null when there is none among them.</summary>
    internal static CopiedSteps? Of(DocumentState state, IReadOnlyList<string> ids)
    {
        var nodes = state.Definition.Nodes.Where(n => ids.Contains(n.Id)).ToList();
        if (nodes.Count == 0) return null;
        var copied = nodes.Select(n => n.Id).ToHashSet();
        return new CopiedSteps(nodes, [.. state.Definition.Links.Where(l => copied.Contains(l.From) && copied.Contains(l.To))],
            copied.ToImmutableDictionary(id => id, state.PlaceOf));
    }
}

/// <summary>The names of links on the canvas.</summary>
internal static class LinkIds
{
    public static string Of(LinkConnection link, string port) => $"{link.From}:{port}>{link.To}";
}
