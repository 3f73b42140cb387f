namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// What a run does otherwise than runs that began before a change of the engine. Its first entry records them, so a run keeps to its end
/// the behaviour with which it began. The numbers are stored and never used again.
/// </summary>
/// <remarks>
/// A change of <see cref="RunFold"/> or <see cref="RunDecider"/> that would answer an old journal otherwise gets a flag here, joins
/// <see cref="RunFlagSet.Current"/>, and asks <see cref="RunState.Flags"/> where it differs. <c>Tests/Runtime/Histories</c> holds journals
/// of every set that was current once, and a test replays them.
/// </remarks>
[Flags]
public enum RunFlags
{
    /// <summary>As at first.</summary>
    None = 0,
}

/// <summary>The flags of this version of the studio.</summary>
public static class RunFlagSet
{
    /// <summary>Those that a new run begins with.</summary>
    public const RunFlags Current = RunFlags.None;

    /// <summary>Those that are understood.</summary>
    public const RunFlags Known = RunFlags.None;
}
