using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>A run to be made.</summary>
/// <param name="Run">Whose it is.</param>
/// <param name="First">The first entry, <see cref="RunEvent.RunStarted"/>.</param>
/// <param name="Cause">What started it: <c>webhook</c>, <c>manual</c>, <c>api</c>, <c>schedule</c>.</param>
/// <param name="Subject">Whom it is about, for lists.</param>
/// <param name="Answer">The answer to store with it; null for none.</param>
public sealed record RunStart(RunIdentity Run, JournalEntry First, string Cause, string? Subject, KeptAnswer? Answer)
{
    /// <summary>
    /// The entries after the first that the run begins with: what a repeated run takes over, or the pinned outputs of a test run.
    /// </summary>
    public IReadOnlyList<JournalEntry> Given { get; init; } = [];

    /// <summary>The concurrency rule of its workflow; null for none.</summary>
    public ConcurrencyRule? Concurrency { get; init; }

    /// <summary>The run that it repeats; null for none.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>The occurrence of a schedule that it is for; null for none.</summary>
    public ScheduledOccurrence? Occurrence { get; init; }

    /// <summary>What becomes durable with it; null for nothing.</summary>
    public RunAttachment? Attachment { get; init; }

    /// <summary>What must not be so; null for nothing.</summary>
    public StartGuard? Guard { get; init; }
}
