
namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>A step that waits.</summary>
/// <param name="NodeId">The step.</param>
/// <param name="Until">The time it waits for.</param>
/// <param name="Signal">The signal it waits for.</param>
/// <param name="Since">Since when the step has heard no signal, see <see cref="StepState.ListensSince"/>: one sent since then counts,
/// although nobody waited.</param>
/// <param name="Iteration">Its iterations; null outside of every for-each.</param>
/// <param name="SinceId">The last signal that it has heard, 0 for none: later ones count.</param>
public readonly record struct RunWait(
    string NodeId, DateTimeOffset? Until, string? Signal, DateTimeOffset Since, string? Iteration = null, long SinceId = 0);

/// <summary>Where a step waits.</summary>
/// <param name="NodeId">The step.</param>
/// <param name="Iteration">Its iterations; null outside of every for-each.</param>
public readonly record struct WaitPlace(string NodeId, string? Iteration);
