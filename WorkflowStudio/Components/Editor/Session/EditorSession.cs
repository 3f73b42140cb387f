using System.Text.Json;
using WorkflowStudio.Components.Editor.Document;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Editing;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>
/// The work on one workflow: opens it, saves the draft a second after the last change, publishes, runs. A save that somebody else's came
/// before is refused and waits for a decision; until then nothing is stored. One that the database did not take is tried again until it
/// does. Knows no Blazor.
/// </summary>
public sealed class EditorSession : IAsyncDisposable
{
    /// <summary>How long after the last change the draft is saved.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How long after a save that the database did not take it is tried again.</summary>
    public static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource closing = new();
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, JsonElement> pinned = [];
    private readonly IEditWorkflow editing;
    private readonly Caller caller;
    private readonly Guid id;
    private readonly TimeProvider clock;
    private WorkflowFacts? facts;
    private Task? closed;
    private int revision;
    private int touched;
    private int heard;
    private int covered;

    internal EditorSession(IEditWorkflow editing, NodeCatalog catalog, Caller caller, Guid id, TimeProvider clock)
    {
        (this.editing, this.caller, this.id, this.clock) = (editing, caller, id, clock);
        Document = new EditorDocument(catalog);
        MayEdit = caller.Refuse(Permission.ManageWorkflows) is null;
    }

    /// <summary>Something outside of an action has changed: saved, refused.</summary>
    public event Action? Changed;

    /// <summary>All that the browser had told of up to this number is stored, or has come to nothing.</summary>
    public event Action<int>? Covered;

    /// <summary>What fields hold back for a moment.</summary>
    public TypedTexts Typed { get; } = new();

    /// <summary>The workflow's id.</summary>
    public Guid Id => id;

    public EditorDocument Document { get; }

    /// <summary>Names and status. There once it is open.</summary>
    internal WorkflowFacts Workflow
    {
        get => facts ?? throw new InvalidOperationException("The workflow was asked for its name before it was opened.");
        private set => facts = value;
    }

    /// <summary>The last run; null before the first.</summary>
    public RunSample? Sample { get; private set; }

    public SaveState Save { get; private set; } = SaveState.Saved;

    /// <summary>When the draft was last saved.</summary>
    public DateTimeOffset SavedAt { get; private set; }

    /// <summary>Why the last save did not happen, for people.</summary>
    public string? SaveProblem { get; private set; }

    /// <summary>When somebody saved what the last save would have gone over; null when that was not why.</summary>
    public DateTimeOffset? SavedMeanwhile { get; private set; }

    /// <summary>Whether the caller may change the workflow.</summary>
    public bool MayEdit { get; private set; }

    public bool IsPublished => facts is { Version: > 0 };

    /// <summary>Why publishing is not possible now, or null.</summary>
    public string? WhyNotPublish =>
        !MayEdit ? "Your role may not publish."
        : Save == SaveState.Conflict ? "Decide first what happens to your changes."
        : Document.HasErrors ? ProblemWords.Waiting(Document.Problems)
        : IsPublished && Document.Changes == 0 ? "There is nothing new to publish."
        : null;

    /// <summary>Reads the workflow anew, also to drop one's own changes after a conflict.</summary>
    public async Task<OperationProblem?> OpenAsync() => (await StoreAway.TryAsync(ReadAsync)).Problem;

    private async Task<Result<EditedWorkflow>> ReadAsync()
    {
        var opened = await editing.OpenAsync(caller, id, closing.Token);
        if (!opened.Ok) return opened;
        var ((workflow, definition, editor, stored, _), published) = opened.Value;
        (Workflow, revision, SavedAt) = (workflow, stored, workflow.UpdatedAt);
        if (opened.Value.Open.Rights is { } rights) MayEdit = rights.Has(Permission.ManageWorkflows);
        Document.Open(
            definition, editor, published, new WorkflowSelf(id, workflow.Slug), await editing.SurroundingsAsync(caller, closing.Token));
        (Save, SaveProblem) = (SaveState.Saved, null);
        Cover(heard);
        Sample = await editing.LastRunAsync(caller, id, closing.Token);
        return opened;
    }

    /// <summary>
    /// The browser has told of something typed or moved, before it became a change: from now on the draft is not saved yet. The browser
    /// keeps what it has told of until <see cref="Covered"/> names its number.
    /// </summary>
    public Task HearAsync(int number)
    {
        heard = Math.Max(heard, number);
        if (MayEdit && Save == SaveState.Saved)
        {
            Save = SaveState.Unsaved;
            Changed?.Invoke();
        }
        return TouchAsync();
    }

    /// <summary>To be called after each change: saves a second after the last one.</summary>
    public async Task TouchAsync()
    {
        if (!MayEdit || Save == SaveState.Conflict) return;
        if (!Document.IsDirty && heard == covered)
        {
            (Save, SaveProblem) = (SaveState.Saved, null); // undone to what is stored
            return;
        }
        Save = SaveState.Unsaved;
        var mine = ++touched;
        if (await WaitAsync(Pause) && mine == touched) await SaveAsync();
    }

    /// <summary>Saves the draft now, if there is something to save. False when it could not be saved.</summary>
    public async Task<bool> SaveAsync()
    {
        await gate.WaitAsync();
        try
        {
            await Typed.ReportAsync();
            var hearing = heard; // what came later may not be in the document yet
            if (!MayEdit || Save == SaveState.Conflict) return Save != SaveState.Conflict;
            if (!Document.IsDirty)
            {
                if (Save == SaveState.Unsaved) Save = SaveState.Saved; // what was typed came to nothing new
                Cover(hearing);
                return true;
            }
            touched++;
            Save = SaveState.Saving;
            Changed?.Invoke();
            var snapshot = Document.Snapshot();
            var work = new DraftWork(revision, Document.Definition, Document.Layout);
            var saved = await StoreAway.TryAsync(() => editing.SaveAsync(caller, id, work, CancellationToken.None));
            if (saved.Ok)
            {
                Document.MarkSaved(snapshot);
                (revision, SavedAt, SaveProblem, Save) = (saved.Value.Revision, clock.GetUtcNow(), null,
                    Document.IsDirty || heard > hearing ? SaveState.Unsaved : SaveState.Saved);
                Cover(hearing);
            }
            else
            {
                var conflict = saved.Problem as OperationProblem.Conflict;
                (SaveProblem, SavedMeanwhile, Save) =
                    (saved.Problem.Message, conflict?.Since, conflict is null ? SaveState.Failed : SaveState.Conflict);
            }

            if (saved.Problem is StoreAway) _ = SaveLaterAsync();
            return saved.Ok;
        }
        finally
        {
            gate.Release();
            Changed?.Invoke();
        }
    }

    private async Task SaveLaterAsync()
    {
        var mine = touched;
        if (await WaitAsync(RetryPause) && mine == touched) await SaveAsync();
    }

    // false when the page is closing, which saves by itself
    private async Task<bool> WaitAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, clock, closing.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Cover(int number)
    {
        covered = number;
        Covered?.Invoke(number);
    }

    /// <summary>Saves, and makes the draft the version that runs. Answers its number, or the problem.</summary>
    public async Task<Result<int>> PublishAsync()
    {
        if (!await SaveAsync())
            return new OperationProblem.Conflict("not_saved", SaveProblem ?? "The draft could not be saved, so it was not published.");
        var definition = Document.Definition;
        var published = await StoreAway.TryAsync(() => editing.PublishAsync(caller, id, revision, closing.Token));
        if (!published.Ok) return published.Problem;
        Workflow = Workflow with { Version = published.Value.Version, Status = published.Value.Status, HasDraft = false };
        Document.MarkPublished(definition);
        return published.Value.Version;
    }

    public async Task<OperationProblem?> RenameAsync(string name)
    {
        var renamed = await StoreAway.TryAsync(() => editing.RenameAsync(caller, id, name, Workflow.Description, closing.Token));
        if (!renamed.Ok) return renamed.Problem;
        Workflow = Workflow with { Name = renamed.Value.Name };
        return null;
    }

    /// <summary>Stores the refused changes as a workflow of their own and answers its id.</summary>
    public async Task<Result<Guid>> KeepAsCopyAsync()
    {
        var name = ShownText.Begin($"My changes to {Workflow.Name}", WorkflowText.MaxName);
        var work = new DraftWork(0, Document.Definition, Document.Layout);
        var copy = await StoreAway.TryAsync(
            () => editing.CopyAsync(caller, name, work, closing.Token));
        if (!copy.Ok) return copy.Problem;
        Document.MarkSaved(Document.Snapshot());
        Cover(heard);
        return copy.Value.Id;
    }

    /// <summary>Saves, then starts a run of the version that is published. Answers the run's id.</summary>
    public async Task<Result<Guid>> StartAsync(JsonElement payload)
    {
        await SaveAsync();
        return await StoreAway.TryAsync(() => editing.StartAsync(caller, id, payload, closing.Token));
    }

    /// <summary>Saves, then tests the draft in the sandbox. Answers the run's id.</summary>
    internal async Task<Result<Guid>> TestAsync(DraftTest test)
    {
        if (!await SaveAsync())
            return new OperationProblem.Conflict("not_saved", SaveProblem ?? "The draft could not be saved, so it was not tested.");
        return await StoreAway.TryAsync(() => editing.TestAsync(caller, id, test, closing.Token));
    }

    /// <summary>Outputs that stand for steps in tests, by step id; those of steps that are gone are left out.</summary>
    public IReadOnlyDictionary<string, JsonElement> Pinned => pinned.Where(p => Document.Definition.Node(p.Key) is not null).ToDictionary();

    /// <summary>
    /// Lets the outputs that steps had in the last run stand for them in tests; those of all of them no longer when none is left to pin.
    /// </summary>
    public EditOutcome TogglePins(IReadOnlyList<string> ids)
    {
        var steps = ids.Where(id => Document.Definition.Node(id) is not null).ToList();
        if (steps.Count == 0)
            return new EditOutcome(null, "Select a step first. What starts the workflow is chosen when a test is started.");
        var missing = steps.Where(id => !pinned.ContainsKey(id)).ToList();
        var outputs = missing.Select(id => (id, Output: Sample?.OutputOf(id) ?? default))
            .Where(o => o.Output.ValueKind != JsonValueKind.Undefined).ToList();
        if (missing.Count > 0 && outputs.Count == 0)
            return new EditOutcome(
                null, "There is no output to pin. Run the workflow first: a pin keeps what the step answered in the last run.");
        foreach (var (id, output) in outputs) pinned[id] = output;
        if (missing.Count == 0)
            foreach (var id in steps) pinned.Remove(id);
        return Document.MarkPinned(pinned.Keys);
    }

    /// <summary>Reads the data of the newest run, or of one test run, for previews.</summary>
    public async Task RefreshSampleAsync(Guid? test = null)
    {
        try
        {
            Sample = test is { } run
                ? await editing.TestRunAsync(caller, run, closing.Token) ?? Sample
                : await editing.LastRunAsync(caller, id, closing.Token);
        }
        catch (StoreAwayException)
        {
            // previews keep the data of the run before
        }
    }

    /// <summary>Removes the workflow again when it is as it was made. For one that was made a moment ago and is left.</summary>
    public async Task DiscardUntouchedAsync()
    {
        await Typed.ReportAsync();
        if (!MayEdit || facts is null || Document.IsDirty) return;
        await StoreAway.TryAsync<bool>(async () =>
        {
            await editing.DiscardUntouchedAsync(caller, id, CancellationToken.None);
            return true; // where the database is away an empty draft stays
        });
    }

    /// <summary>Saves what is not saved yet. Once, however often it is asked for.</summary>
    public ValueTask DisposeAsync() => new(closed ??= CloseAsync());

    private async Task CloseAsync()
    {
        await closing.CancelAsync();
        if (facts is not null) await SaveAsync();
        closing.Dispose();
        gate.Dispose();
    }
}

/// <summary>How the draft stands to what is stored.</summary>
public enum SaveState
{
    /// <summary>They are the same.</summary>
    Saved,

    /// <summary>There are changes, saved soon.</summary>
    Unsaved,

    /// <summary>Being saved.</summary>
    Saving,

    /// <summary>The last save failed; the next change tries again, and time does where the database was away.</summary>
    Failed,

    /// <summary>Somebody else saved first: a person has to decide.</summary>
    Conflict,
}

/// <summary>Sentences about problems.</summary>
internal static class ProblemWords
{
    /// <summary>"Publishing waits for 1 error".</summary>
    public static string Waiting(IReadOnlyList<StepProblem> problems)
    {
        var errors = problems.Count(p => p.IsError);
        return $"Publishing waits for {errors} {(errors == 1 ? "error" : "errors")}";
    }
}
