using System.Collections.Immutable;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Model.Layout;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>What undo goes back to: the workflow and where its steps stand. Immutable; every step and the start has a place.</summary>
internal sealed record DocumentState(WorkflowDefinition Definition, ImmutableDictionary<string, Place> Places)
{
    /// <summary>Where the wait before the next try is typed.</summary>
    public const string RetryDelay = "rules-delay";

    /// <summary>Where the rule is typed that decides about what arrives.</summary>
    public const string Constraints = "constraints";

    /// <summary>What was typed and could not be read, those of steps that are gone included.</summary>
    public ImmutableList<UnreadText> Unread { get; init; } = [];

    /// <summary>A definition with the places it has; missing ones are found.</summary>
    public static DocumentState Of(WorkflowDefinition definition, EditorState layout, NodeCatalog catalog) =>
        new(definition, GraphLayout.Complete(definition, layout.Nodes, catalog).ToImmutableDictionary(p => p.Id, p => new Place(p.X, p.Y)))
        { Unread = [.. layout.Unread] };

    /// <summary>The unread texts of what is there.</summary>
    public IReadOnlyList<UnreadText> PresentUnread() =>
        Unread.IsEmpty ? [] : [.. Unread.Where(u => u.Id is "" or WorkflowDefinition.TriggerId || Definition.Node(u.Id) is not null)];

    /// <summary>The same with this text of a setting, or none of it and of all that is inside of it.</summary>
    public DocumentState WithUnread(string id, string setting, UnreadText? text)
    {
        var others = Unread.RemoveAll(u => u.Id == id && (u.Setting == setting
            || (u.Setting.StartsWith(setting, StringComparison.Ordinal) && u.Setting[setting.Length] is '.' or '[' or '#')));
        return this with { Unread = text is null ? others : others.Add(text) };
    }

    /// <summary>
    /// The same without the unread texts whose fields a change has taken away: those of a start of another type, and the wait of a step
    /// that is tried once. Nobody could mend them, and they would block publishing.
    /// </summary>
    public DocumentState WithoutHidden(NodeCatalog catalog) =>
        Unread.IsEmpty ? this : this with { Unread = Unread.RemoveAll(u => IsHidden(u, catalog)) };

    /// <summary>The place of a step, or of the start.</summary>
    public Place PlaceOf(string id) => Places.GetValueOrDefault(id);

    /// <summary>The same with other steps; places are left as they are.</summary>
    public DocumentState WithNodes(IEnumerable<WorkflowNode> nodes) => this with { Definition = Definition with { Nodes = [.. nodes] } };

    /// <summary>The same with other links.</summary>
    public DocumentState WithLinks(IEnumerable<LinkConnection> links) => this with { Definition = Definition with { Links = [.. links] } };

    /// <summary>The same with one step changed.</summary>
    public DocumentState WithNode(string id, Func<WorkflowNode, WorkflowNode> change) =>
        WithNodes(Definition.Nodes.Select(n => n.Id == id ? change(n) : n));

    private bool IsHidden(UnreadText unread, NodeCatalog catalog)
    {
        if (unread.Id != WorkflowDefinition.TriggerId) return unread.Setting == RetryDelay && Definition.Node(unread.Id) is { Retry: null };
        if (catalog.Trigger(Definition.Trigger.Type) is not { } type) return false;
        return unread.Setting == Constraints ? !type.HasConstraints : type.Settings.Field(unread.Setting.Split('.', '[', '#')[0]) is null;
    }

    /// <summary>The places as they are stored, in the order of the definition.</summary>
    public IReadOnlyList<NodePlace> StoredPlaces() =>
        [.. Definition.Nodes.Select(n => n.Id).Prepend(WorkflowDefinition.TriggerId).Where(Places.ContainsKey)
            .Select(id => new NodePlace(id, Places[id].X, Places[id].Y))];
}

/// <summary>The upper left corner of a step on the canvas.</summary>
public readonly record struct Place(double X, double Y);

/// <summary>What came of an action: a new state with what is selected in it, or the sentence why not.</summary>
internal readonly record struct Edit(DocumentState? State, string? Refusal = null, IReadOnlyList<string>? Select = null)
{
    public static Edit Refuse(string why) => new(null, why);
}
