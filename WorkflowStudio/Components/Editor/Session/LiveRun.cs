using WorkflowStudio.Components.Editor.Canvas;
using WorkflowStudio.Components.Runs;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Operations.Runs;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>A run that was started from the editor, followed on its canvas until it is over or somebody looks away.</summary>
public sealed class LiveRun : IDisposable
{
    private readonly CancellationTokenSource closing = new();
    private readonly RunWatch watch;
    private readonly StudioFormat format;
    private readonly TimeProvider clock;

    internal LiveRun(RunWatch watch, StudioFormat format, TimeProvider clock) =>
        (this.watch, this.format, this.clock) = (watch, format, clock);

    /// <summary>The run.</summary>
    public Guid RunId => watch.Id;

    /// <summary>Whether it is a test run of the draft.</summary>
    public bool IsTest => watch.IsTest;

    /// <summary>How it stands.</summary>
    public StatusLook Look => RunWords.Look(watch, mayDecide: true, format); // only people edit, and every member may decide

    /// <summary>The statuses of the steps.</summary>
    internal IReadOnlyList<ShownStep> Statuses => RunGraphData.Statuses(watch, format);

    /// <summary>Whether it is over.</summary>
    public bool IsOver => watch.State.IsFinal;

    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
        watch.Dispose();
    }

    /// <summary>
    /// Tells the statuses of the steps, now and after every change, until the run is over. False when somebody looked away before.
    /// </summary>
    internal async Task<bool> FollowAsync(Func<IReadOnlyList<ShownStep>, Task> show)
    {
        var token = closing.Token;
        await Following.UntilClosedAsync(
            async () =>
            {
                await show(Statuses);
                if (IsOver) return;
                await foreach (var state in watch.ChangesAsync(token))
                {
                    await show(Statuses);
                    if (state.IsFinal) return;
                }
            },
            clock,
            token);
        return IsOver && !token.IsCancellationRequested;
    }
}
