using System.Text.Json;
using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>
/// The workflow that is being edited: what it is, what is selected, what is wrong with it, and the way back. Every action of a person is
/// one step of undo and answers what the canvas has to change; keystrokes in one field are one action until <see cref="Seal"/>. Knows no
/// Blazor.
/// </summary>
public sealed class EditorDocument(NodeCatalog catalog)
{
    /// <summary>How many actions can be undone.</summary>
    public const int MostUndone = 200;

    private readonly WorkflowValidator validator = new(catalog);
    private readonly CanvasDrawing drawing = new(catalog);
    private readonly GraphEdits edits = new(catalog);
    private readonly List<Past> undone = [];
    private readonly List<Past> done = [];
    private DocumentState state = DocumentState.Of(WorkflowDefinition.Empty, EditorState.None, catalog);
    private DocumentState? saved;
    private EditorState layout = EditorState.None;
    private Drawing drawn = Drawing.Nothing;
    private string? merging;
    private (string Id, string Setting)? taken;

    /// <summary>The steps and links that are selected.</summary>
    public IReadOnlyList<string> Selection { get; private set; } = [];

    /// <summary>Everything the validator finds, errors first.</summary>
    public IReadOnlyList<StepProblem> Problems { get; private set; } = [];

    /// <summary>How many things the draft changes of the published version.</summary>
    public int Changes { get; private set; }

    /// <summary>The version that runs; null before the first.</summary>
    public WorkflowDefinition? Published { get; private set; }

    /// <summary>The steps for which an output stands in tests: marked, not part of the workflow.</summary>
    public IReadOnlySet<string> Pinned { get; private set; } = new HashSet<string>();

    /// <summary>How the workflow itself is called; null where that is not known.</summary>
    public WorkflowSelf? Self { get; private set; }

    /// <summary>What it may name outside of itself; null where that is not known.</summary>
    public WorkflowSurroundings? Surroundings { get; private set; }

    public WorkflowDefinition Definition => state.Definition;

    /// <summary>The layout as it is stored, with the notes, groups and viewport it had.</summary>
    public EditorState Layout => layout with { Nodes = state.StoredPlaces(), Unread = Unread };

    /// <summary>What was typed and could not be read.</summary>
    public IReadOnlyList<UnreadText> Unread => state.PresentUnread();

    /// <summary>Whether there is something that was not saved.</summary>
    public bool IsDirty => !ReferenceEquals(saved, state);

    public bool CanUndo => done.Count > 0;

    public bool CanRedo => undone.Count > 0;

    /// <summary>What undo would take back: "Delete step".</summary>
    public string? UndoName => done.LastOrDefault()?.Action;

    /// <summary>What redo would do again.</summary>
    public string? RedoName => undone.LastOrDefault()?.Action;

    public bool HasErrors => Problems.Any(p => p.IsError);

    /// <summary>The one step that is selected, or the start; null when it is none, several or a link.</summary>
    public string? SelectedStep => Selection is [var id] && state.Places.ContainsKey(id) ? id : null;

    /// <summary>
    /// Where the one link that is selected leads: "From Wants a visit? (else) to Ask what they need"; null when it is none or several.
    /// </summary>
    public string? SelectedLink => Selection is [var id] && drawn.Links.TryGetValue(id, out var link) ? LinkWords(link) : null;

    /// <summary>Begins anew with what is stored.</summary>
    public void Open(WorkflowDefinition definition, EditorState editorState, WorkflowDefinition? published, WorkflowSelf? self = null,
        WorkflowSurroundings? surroundings = null)
    {
        (layout, Published, Self, Surroundings) = (editorState, published, self, surroundings);
        saved = state = DocumentState.Of(definition, editorState, catalog);
        done.Clear();
        undone.Clear();
        Selection = [];
        Refresh();
    }

    /// <summary>The whole drawing, for a canvas that shows nothing yet.</summary>
    public CanvasGraph Draw() => new(
        [.. drawn.Nodes.Values],
        [.. drawn.Links.Values],
        [.. layout.Notes.Select(n => new Canvas.CanvasNote(n.Id, n.X, n.Y, n.Width, n.Text, n.By))],
        [.. layout.Groups.Select(g => new Canvas.CanvasGroup(g.Id, g.X, g.Y, g.Width, g.Height, g.Title))]);

    /// <summary>What is to be saved; pass it to <see cref="MarkSaved"/> once it is.</summary>
    public object Snapshot() => state;

    /// <summary>The snapshot is stored now.</summary>
    public void MarkSaved(object snapshot) => saved = (DocumentState)snapshot;

    /// <summary>The present draft has become the version that runs.</summary>
    public void MarkPublished(WorkflowDefinition published)
    {
        Published = published;
        Changes = DraftChanges.Count(published, Definition);
    }

    /// <summary>The selection was changed on the canvas.</summary>
    public void Select(IReadOnlyList<string> ids)
    {
        Selection = ids;
        Seal();
    }

    /// <summary>Marks the steps for which an output stands in tests.</summary>
    public EditOutcome MarkPinned(IEnumerable<string> ids)
    {
        Pinned = ids.ToHashSet();
        return new EditOutcome(Refresh());
    }

    /// <summary>Ends an action that is made of many small changes: the next one is undone by itself.</summary>
    public void Seal() => merging = null;

    public EditOutcome Add(string type, double x, double y) =>
        catalog.Trigger(type) is null ? Apply("Add step", edits.Add(state, type, x, y)) : ChooseTrigger(type);

    public EditOutcome AddAfter(string type, string from, string? port, double x, double y) =>
        Apply("Add step", edits.AddAfter(state, type, from, port, x, y));

    public EditOutcome Splice(string type, string linkId, double x, double y) => LinkOf(linkId) is { } link
        ? Apply("Add step", edits.Splice(state, type, link, x, y))
        : new EditOutcome(null, "This link no longer exists.");

    /// <summary>
    /// Adds a step where it is most likely wanted: behind the selected one, else at the end of the happy path; into the link that is there.
    /// </summary>
    public EditOutcome Append(string type)
    {
        if (catalog.Trigger(type) is not null) return ChooseTrigger(type);
        var from = SelectedStep ?? EndOfHappyPath();
        var next = Definition.Links.FirstOrDefault(l => l.From == from);
        var place = state.PlaceOf(from);
        return next is not null && SelectedStep is not null && catalog.Find(type)?.Ends != true
            ? Apply("Add step", edits.Splice(state, type, next, place.X + Engine.Model.Layout.LayoutGrid.Step, place.Y))
            : AddAfter(type, from, null, place.X + Engine.Model.Layout.LayoutGrid.Step, place.Y);
    }

    public EditOutcome Connect(string from, string? port, string to) => Apply("Link steps", edits.Connect(state, from, port, to));

    /// <summary>The canvas shows them there already, so nothing has to be drawn.</summary>
    public EditOutcome Move(IReadOnlyList<CanvasMove> moves)
    {
        var places = state.Places.SetItems(moves.Where(m => state.Places.ContainsKey(m.Id))
            .Select(m => KeyValuePair.Create(m.Id, new Place(m.X, m.Y))));
        return Apply(moves.Count == 1 ? "Move step" : "Move steps", new Edit(state with { Places = places }));
    }

    public EditOutcome Delete(IReadOnlyList<string> nodeIds, IReadOnlyList<string> linkIds) =>
        Apply(nodeIds.Count switch { 0 => "Delete link", 1 => "Delete step", _ => "Delete steps" }, edits.Delete(state, nodeIds, linkIds));

    /// <summary>Deletes whatever is selected.</summary>
    public EditOutcome DeleteSelection() =>
        Delete([.. Selection.Where(state.Places.ContainsKey)], [.. Selection.Where(drawn.Links.ContainsKey)]);

    public EditOutcome Rename(string id, string name) => string.IsNullOrWhiteSpace(name)
        ? new EditOutcome(null, "Give the step a name.")
        : Change(id, "Rename step", n => n with { Name = name.Trim() }, "name");

    public EditOutcome ChangeConfig(string id, JsonElement config, string setting) => id == WorkflowDefinition.TriggerId
        ? ChangeTrigger(Definition.Trigger with { Config = config }, setting)
        : Definition.Node(id) is { } node
            ? Apply("Change setting", edits.Reconfigure(state, node, config), $"{id}/{setting}")
            : new EditOutcome(null, "This step no longer exists.");

    /// <summary>Changes what holds for the whole workflow: time zone, time-out, concurrency, variables.</summary>
    public EditOutcome ChangeSettings(Func<WorkflowSettings, WorkflowSettings> change, string field) =>
        Apply("Change the workflow's settings",
            new Edit(state with { Definition = Definition with { Settings = change(Definition.Settings) } }), $"settings/{field}");

    /// <summary>
    /// Keeps a text that a field could not read, or forgets it when there is none: the value takes its place. Of one action with the change
    /// of that setting.
    /// </summary>
    /// <param name="id">The step, the start, or empty for the workflow.</param>
    /// <param name="setting">The place of the setting.</param>
    /// <param name="text">What was typed; null when it could be read.</param>
    /// <param name="why">Why it cannot be read.</param>
    public EditOutcome KeepUnread(string id, string setting, string? text, string why = "")
    {
        var kept = state.WithUnread(id, setting, text is null ? null : new UnreadText(id, setting, text, why));
        if (text is null && kept.Unread.Count == state.Unread.Count) return default;
        return Apply("Change setting", new Edit(kept), id.Length == 0 ? $"settings/{setting}" : $"{id}/config");
    }

    /// <summary>
    /// A text of this setting could be read: the next change, which brings its value, takes the place of the one that could not.
    /// </summary>
    public void TakeUnread(string id, string setting) => taken = (id, setting);

    /// <summary>Changes what is not a setting: on error, retry, time-out.</summary>
    public EditOutcome Change(
        string id, string action, Func<WorkflowNode, WorkflowNode> change, string field) => Definition.Node(id) is null
        ? new EditOutcome(null, "This step no longer exists.")
        : Apply(action, new Edit(state.WithNode(id, change).WithoutHidden(catalog)), $"{id}/{field}");

    public EditOutcome ChangeTrigger(WorkflowTrigger trigger, string field) =>
        Apply("Change start", new Edit((state with { Definition = Definition with { Trigger = trigger } }).WithoutHidden(catalog)),
            $"trigger/{field}");

    /// <summary>Switches the steps off, or on when all of them are off.</summary>
    public EditOutcome ToggleDisabled(IReadOnlyList<string> ids)
    {
        var steps = Definition.Nodes.Where(n => ids.Contains(n.Id)).ToList();
        if (steps.Count == 0)
            return new EditOutcome(null, "Select a step first. The start cannot be switched off; pause the workflow instead.");
        var off = steps.Exists(n => !n.Disabled);
        return Apply(off ? "Switch off" : "Switch on",
            new Edit(state.WithNodes(Definition.Nodes.Select(n => ids.Contains(n.Id) ? n with { Disabled = off } : n))));
    }

    /// <summary>The selected steps, to be pasted here or in another workflow; null when there is none.</summary>
    public CopiedSteps? Copy() => CopiedSteps.Of(state, Selection);

    public EditOutcome Paste(CopiedSteps copied) => Apply("Paste", edits.Paste(state, copied, null));

    public EditOutcome Duplicate() => Copy() is { } copied
        ? Apply("Duplicate", edits.Paste(state, copied, null))
        : new EditOutcome(null, "Select a step to duplicate first.");

    public EditOutcome TidyUp() => Apply("Tidy up", edits.TidyUp(state, Selection));

    /// <summary>What would put a problem right, for a button; null when nobody can know.</summary>
    public string? FixOf(StepProblem problem) =>
        problem is { Problem.Fix: { } fix, StepId: { } id, Setting: not null } && Definition.Node(id) is not null ? fix.Title : null;

    /// <summary>Puts a problem right whose fix is known.</summary>
    public EditOutcome Fix(StepProblem problem) => FixOf(problem) is null
        ? new EditOutcome(null, "This has to be put right by hand.")
        : Change(problem.StepId!, "Correct expression", n => n with
        {
            Config = JsonEdit.MapTexts(n.Config, (place, text) => place == problem.Setting ? problem.Problem.Fix!.Apply(text) : text),
        }, "fix");

    public EditOutcome Undo() => Travel(done, undone);

    public EditOutcome Redo() => Travel(undone, done);

    private EditOutcome ChooseTrigger(string type)
    {
        if (Definition.Trigger.Type == type) return Reselect([WorkflowDefinition.TriggerId]);
        var outcome = ChangeTrigger(Definition.Trigger with { Type = type }, "type");
        Seal();
        Selection = [WorkflowDefinition.TriggerId];
        return outcome with { Patch = outcome.Patch! with { Select = Selection } };
    }

    private EditOutcome Reselect(IReadOnlyList<string> ids)
    {
        Selection = ids;
        return new EditOutcome(new CanvasPatch(Select: ids));
    }

    private EditOutcome Apply(string action, Edit edit, string? mergeKey = null)
    {
        if (taken is { } read) edit = edit with { State = edit.State?.WithUnread(read.Id, read.Setting, null) };
        taken = null;
        if (edit.State is null) return new EditOutcome(null, edit.Refusal);
        if (mergeKey is null || mergeKey != merging)
        {
            done.Add(new Past(action, state, Selection));
            if (done.Count > MostUndone) done.RemoveAt(0);
        }
        merging = mergeKey;
        undone.Clear();
        state = edit.State;
        if (edit.Select is not null) Selection = edit.Select;
        return new EditOutcome(Refresh(edit.Select));
    }

    private EditOutcome Travel(List<Past> from, List<Past> to)
    {
        if (from.Count == 0) return default;
        var past = from[^1];
        from.RemoveAt(from.Count - 1);
        to.Add(past with { State = state, Selection = Selection });
        state = past.State;
        Seal();
        var patch = Refresh();
        Selection = [.. past.Selection.Where(id => drawn.Nodes.ContainsKey(id) || drawn.Links.ContainsKey(id))];
        return new EditOutcome(patch with { Select = Selection });
    }

    private CanvasPatch Refresh(IReadOnlyList<string>? select = null)
    {
        Problems = StepProblem.All(validator.Validate(Definition, self: Self, around: Surroundings), Unread, Definition, catalog);
        Changes = DraftChanges.Count(Published, Definition);
        var before = drawn;
        drawn = drawing.Draw(state, Problems.Where(p => p.StepId is not null).GroupBy(p => p.StepId!)
            .ToDictionary(g => g.Key, g => g.Max(p => p.Problem.Severity)), Pinned);
        return drawn.Since(before, select);
    }

    private string LinkWords(CanvasLink link)
    {
        var source = drawn.Nodes[link.Source];
        var port = source.Outputs.Count > 1 ? source.Outputs.FirstOrDefault(p => p.Id == link.SourcePort)?.Label : null;
        return $"From {source.Name}{(port is null ? "" : $" ({port})")} to {drawn.Nodes[link.Target].Name}";
    }

    private LinkConnection? LinkOf(string linkId) =>
        Definition.Links.FirstOrDefault(l => LinkIds.Of(l, edits.Port(Definition, l)) == linkId);

    private string EndOfHappyPath()
    {
        var at = WorkflowDefinition.TriggerId;
        var seen = new HashSet<string>();
        while (seen.Add(at) && Definition.Links.FirstOrDefault(l => l.From == at) is { } link) at = link.To;
        return at;
    }

    private sealed record Past(string Action, DocumentState State, IReadOnlyList<string> Selection);
}

/// <summary>What the canvas has to change, or the sentence why nothing was done; both null when there was nothing to do.</summary>
public readonly record struct EditOutcome(CanvasPatch? Patch, string? Refusal = null);
