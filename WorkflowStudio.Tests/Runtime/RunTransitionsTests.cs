using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Tests.Runtime;

public sealed class RunTransitionsTests
{
    private static readonly RunStatus[] Open = [RunStatus.Queued, RunStatus.Running, RunStatus.Waiting, RunStatus.Paused];
    private static readonly RunStatus[] Final = [RunStatus.Done, RunStatus.Failed, RunStatus.Canceled];

    [Fact]
    public void EveryPairOfRunStatusAndEvent_IsAsTheTableSays()
    {
        foreach (var kind in Enum.GetValues<RunEventKind>())
        {
            foreach (var status in Final) Assert.Null(RunTransitions.Next(status, kind));
            foreach (var status in Open) Assert.Equal(Expected(status, kind), RunTransitions.Next(status, kind));
        }
    }

    [Fact]
    public void EveryPairOfStepStatusAndEvent_IsAsTheTableSays()
    {
        var workable = new[] { StepStatus.NotStarted, StepStatus.Running, StepStatus.Retrying };
        var ends = new Dictionary<RunEventKind, StepStatus>
        {
            [RunEventKind.StepStarted] = StepStatus.Running,
            [RunEventKind.StepCompleted] = StepStatus.Done,
            [RunEventKind.StepFailed] = StepStatus.Failed,
            [RunEventKind.RetryScheduled] = StepStatus.Retrying,
            [RunEventKind.StepParked] = StepStatus.Waiting,
            [RunEventKind.LoopStarted] = StepStatus.Looping,
        };
        foreach (var status in Enum.GetValues<StepStatus>())
        {
            foreach (var kind in Enum.GetValues<RunEventKind>())
            {
                StepStatus? expected = kind switch
                {
                    RunEventKind.Log => status,
                    RunEventKind.StepSkipped => status == StepStatus.NotStarted ? StepStatus.Skipped : null,
                    RunEventKind.IterationEnded => status == StepStatus.Looping ? StepStatus.Looping : null,
                    RunEventKind.StepCompleted when status == StepStatus.Looping => StepStatus.Done,
                    RunEventKind.StepFailed when status == StepStatus.Looping => StepStatus.Failed,
                    RunEventKind.RoundStarted => status is StepStatus.NotStarted or StepStatus.Done or StepStatus.Failed
                        or StepStatus.Skipped ? StepStatus.NotStarted : null,
                    RunEventKind.StepWoken => status == StepStatus.Waiting ? StepStatus.Running : null,
                    _ => workable.Contains(status) && ends.TryGetValue(kind, out var next) ? next : null,
                };
                Assert.Equal(expected, RunTransitions.Next(status, kind));
            }
        }
    }

    [Fact]
    public void Lifecycle_IsDrawnWithEveryStatus()
    {
        var drawing = File.ReadAllText(Path.Combine(Support.Repository.Root, "docs", "run-lifecycle.md"));
        foreach (var status in Enum.GetNames<RunStatus>().Concat(Enum.GetNames<StepStatus>()))
            Assert.Contains(status, drawing, StringComparison.Ordinal);
        foreach (var kind in Enum.GetNames<RunEventKind>()) Assert.Contains(kind, drawing, StringComparison.Ordinal);
    }

    private static RunStatus? Expected(RunStatus status, RunEventKind kind) => kind switch
    {
        RunEventKind.RunStarted => status == RunStatus.Queued ? RunStatus.Queued : null,
        RunEventKind.RunCompleted => RunStatus.Done,
        RunEventKind.RunFailed => RunStatus.Failed,
        RunEventKind.RunCanceled => RunStatus.Canceled,
        RunEventKind.Log => status,
        RunEventKind.RunPaused => status == RunStatus.Paused ? null : RunStatus.Paused,
        RunEventKind.RunResumed => status == RunStatus.Paused ? RunStatus.Running : null,
        _ => status == RunStatus.Paused ? RunStatus.Paused : RunStatus.Running,
    };
}
