using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.State;

namespace WorkflowStudio.Engine.Storage.Rows;

/// <summary>
/// The header of a run: what lists show and what the pump looks for. Changes in the transaction that appends to the journal.
/// </summary>
public sealed class RunRow
{
    public Guid Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public Guid WorkflowId { get; set; }

    /// <summary>The version it started with, and keeps.</summary>
    public long VersionSerial { get; set; }

    public int Shard { get; set; }

    public RunStatus Status { get; set; }

    /// <summary>The id of the step it stands at, or failed at; null before the first and after the last.</summary>
    public string? CurrentNode { get; set; }

    /// <summary>How many of the version's steps have run to their end: skipped and canceled ones have not.</summary>
    public int StepsDone { get; set; }

    /// <summary>When the pump has to look at it; null when it is over.</summary>
    public DateTimeOffset? WakeAt { get; set; }

    /// <summary>What started it: <c>webhook</c>, <c>manual</c>, <c>api</c>.</summary>
    public required string Cause { get; set; }

    /// <summary>Whom it is about, for lists: the name, e-mail or phone in the payload; null when there is none.</summary>
    public string? Subject { get; set; }

    /// <summary>The contact that it is for, where its start names one: at most one unfinished run of a workflow is for a contact.</summary>
    public Guid? ContactId { get; set; }

    /// <summary>The run that started it; null when a person or a trigger did.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>The first of the runs that started each other until this one; null when nobody started it.</summary>
    public Guid? RootId { get; set; }

    /// <summary>The run that it repeats; null when it repeats none.</summary>
    public Guid? RetryOf { get; set; }

    /// <summary>How many runs started each other until this one.</summary>
    public int Depth { get; set; }

    /// <summary>Whether it is a test run of a draft: left out of lists and figures of the workflow's real work.</summary>
    public bool IsTest { get; set; }

    /// <summary>How the concurrency rule of its workflow treats it.</summary>
    public RunGate Gate { get; set; }

    /// <summary>How often a server died while it was in execution since it last got on.</summary>
    public int Crashes { get; set; }

    /// <summary>How often a server died while it was tried as the only suspect, since it last got on.</summary>
    public int Trials { get; set; }

    /// <summary>The number of the last journal row.</summary>
    public long LastSeq { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>One row of the journal. Append-only; (run, seq) is the key, so a second owner's append collides.</summary>
public sealed class RunEventRow
{
    public Guid RunId { get; set; }

    public long Seq { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The kind of event; the numbers are fixed for ever.</summary>
    public RunEventKind Kind { get; set; }

    public string? NodeId { get; set; }

    /// <summary>The iterations in which the step stands (<c>3.0</c>); null outside of every for-each.</summary>
    public string? Iteration { get; set; }

    /// <summary>The number of the try; 0 for events of the run itself.</summary>
    public int Attempt { get; set; }

    /// <summary>JSON in UTF-8; null when the kind says it all. Over 32 KiB it is a <see cref="RunBlobRow"/> and this is empty.</summary>
    public byte[]? Payload { get; set; }
}

/// <summary>A payload over 32 KiB.</summary>
public sealed class RunBlobRow
{
    public Guid RunId { get; set; }

    public long Seq { get; set; }

    public required byte[] Payload { get; set; }
}

/// <summary>A step that waits: what it waits for.</summary>
public sealed class RunWaitRow
{
    public Guid RunId { get; set; }

    public required string NodeId { get; set; }

    /// <summary>The iterations in which the step stands; empty outside of every for-each.</summary>
    public string Iteration { get; set; } = "";

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public DateTimeOffset? Until { get; set; }

    public string? Signal { get; set; }
}

/// <summary>Something that somebody wants of a run. Its owner takes it out in the transaction that journals it.</summary>
public sealed class RunInboxRow
{
    public long Id { get; set; }

    public Guid RunId { get; set; }

    public RunRequestKind Kind { get; set; }

    /// <summary>The step that is meant, where one is.</summary>
    public string? NodeId { get; set; }

    /// <summary>The iterations in which it stands; null for every one.</summary>
    public string? Iteration { get; set; }

    /// <summary>The name of a signal.</summary>
    public string? Name { get; set; }

    /// <summary>The number of the signal in <see cref="SignalRow"/>; 0 for none.</summary>
    public long SignalId { get; set; }

    /// <summary>JSON in UTF-8.</summary>
    public byte[]? Data { get; set; }

    /// <summary>Who asked, for the log.</summary>
    public string? By { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>A signal that was sent. Kept for two hours, for steps that were about to wait for it.</summary>
public sealed class SignalRow
{
    public long Id { get; set; }

    public Guid WorkspaceId { get; set; }

    public StudioEnvironment Environment { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>JSON in UTF-8; null for nothing.</summary>
    public byte[]? Data { get; set; }
}

/// <summary>The owner of a share of the runs.</summary>
public sealed class ShardRow
{
    public int Id { get; set; }

    /// <summary>Counted up by every new owner; a commit with an older one is refused.</summary>
    public long Epoch { get; set; }
}
