using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Runtime.Execution;
using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Engine.Feed;

/// <summary>A run for people: header, version, state and journal, kept up to date by applying the feed's entries.</summary>
public sealed class RunView
{
    private readonly PlannedVersion version;
    private readonly List<JournalEntry> entries;
    private readonly int newest;

    internal RunView(RunRow header, PlannedVersion version, int newest, bool isVeiled = false)
    {
        (Header, this.version, this.newest, entries, IsVeiled) = (header, version, newest, [], isVeiled);
        State = RunState.Before(version.Plan.Steps.Count);
        Iterations = new IterationViews(version.Plan);
        Tries = new StepTries(version.Version.Definition, Iterations.StartOf, Iterations.Inside);
    }

    private RunView(RunView from, RunRow header)
    {
        (Header, version, newest, State, entries) = (header, from.version, from.newest, from.State, [.. from.entries]);
        Iterations = from.Iterations.Copy();
        Tries = from.Tries.Copy(Iterations);
    }

    /// <summary>Whether it is shown without its data, see <see cref="RunVeil"/>.</summary>
    public bool IsVeiled { get; }

    /// <summary>The header as it was when the view was read; <see cref="State"/> is newer.</summary>
    public RunRow Header { get; }

    /// <summary>The version that the run keeps.</summary>
    public StoredVersion Version => version.Version;

    /// <summary>The present state.</summary>
    public RunState State { get; private set; }

    /// <summary>The iterations of its for-each steps.</summary>
    public IterationViews Iterations { get; }

    /// <summary>When its steps were worked on and waited.</summary>
    public StepTries Tries { get; }

    /// <summary>The newest entries of the journal, in order: all of them, or as many as were asked for and up to twice that.</summary>
    public IReadOnlyList<JournalEntry> Entries => entries;

    /// <summary>The step types of the version's steps, by step id.</summary>
    public NodeType TypeOf(string nodeId) => version.Plan.Steps[version.Plan.IndexOf(nodeId)].Type;

    /// <summary>The state of a step; of one inside a for-each, all iterations summed up.</summary>
    public StepState Step(string nodeId)
    {
        var step = version.Plan.Steps[version.Plan.IndexOf(nodeId)];
        return step.Region == 0 ? State.Steps[step.Index] : Iterations.Summary(step);
    }

    /// <summary>Whether waking a step now, or with null every step, wakes any: one that waits for a time or for its next try.</summary>
    public bool MayWake(string? nodeId) =>
        RunWakes.Asked(version.Plan, State, new RunRequest(0, RunRequestKind.WakeNow, nodeId, null, default, null)).Any();

    /// <summary>Whether a step stands inside a for-each.</summary>
    public bool IsInside(string nodeId) => version.Plan.Steps[version.Plan.IndexOf(nodeId)].Region != 0;

    /// <summary>Whether an iteration of a for-each can be done again: those of one that stands inside another cannot.</summary>
    public bool MayRepeatIterations(string nodeId) => version.Plan.Steps[version.Plan.IndexOf(nodeId)] is { Region: 0, Body: > 0 };

    /// <summary>
    /// Applies entries of the feed. Those the view already holds are dropped; false when one is missing in between: then read the view
    /// again.
    /// </summary>
    public bool TryApply(IEnumerable<JournalEntry> more)
    {
        foreach (var entry in more)
        {
            if (entry.Seq <= State.Seq) continue;
            if (entry.Seq != State.Seq + 1) return false;
            Apply(entry);
        }

        return true;
    }

    /// <summary>
    /// The settings a step was or would be called with, expressions resolved against the run as it is known now. What cannot be resolved
    /// yet gives the settings as they are written, and so does a step inside a for-each: every iteration has others. Secret ones are
    /// masked.
    /// </summary>
    public JsonElement SettingsUsed(string nodeId)
    {
        if (IsVeiled) return JsonElement.Parse("{}"u8);
        var step = version.Plan.Steps[version.Plan.IndexOf(nodeId)];
        if (step.Region != 0) return SecretJson.Settings(step.Type.Settings, step.Node.Config);
        var at = State.Steps[step.Index].StartedAt ?? State.LastAt;
        var facts = new RunFacts(
            Header.Id, Header.WorkflowId, Version.WorkflowName, new Tenant(Header.WorkspaceId, Header.Environment), "UTC");
        var context = new RunContext(facts, NodaTime.DateTimeZone.Utc, State.StartedAt, () => default);
        var resolution = step.Settings.Resolve(new RunScope(version.Plan, State, new StepPlace(step, null), step.Region, context, at));
        return SecretJson.Settings(step.Type.Settings, resolution.Succeeded ? resolution.Value : step.Node.Config);
    }

    /// <summary>The same under a header that is newer, to be changed by itself.</summary>
    internal RunView Copy(RunRow header) => new(this, header);

    /// <summary>Takes in the next entry.</summary>
    internal void Apply(in JournalEntry recorded)
    {
        var entry = IsVeiled ? RunVeil.Over(recorded) : recorded;
        var before = State;
        State = RunFold.Apply(version.Plan, State, entry);
        Iterations.Apply(before, State, entry);
        Tries.Apply(entry);
        entries.Add(entry);
        if (entries.Count / 2 >= newest) entries.RemoveRange(0, entries.Count - newest);
    }
}
