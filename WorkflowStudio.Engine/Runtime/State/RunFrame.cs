using System.Collections.Immutable;
using System.Text.Json;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>Names one iteration of a for-each.</summary>
/// <param name="Region">The region of the plan whose steps it runs.</param>
/// <param name="Path">The numbers of the iterations from the outside in: <c>3.0</c>.</param>
public readonly record struct FrameKey(int Region, string Path);

/// <summary>The order of iterations: outer for-eachs before inner ones, and of each the items in their order.</summary>
internal sealed class FrameOrder : IComparer<FrameKey>
{
    /// <summary>The order.</summary>
    public static FrameOrder Instance { get; } = new();

    /// <inheritdoc />
    public int Compare(FrameKey x, FrameKey y) =>
        x.Region != y.Region ? x.Region.CompareTo(y.Region) : IterationPath.Compare(x.Path, y.Path);
}

/// <summary>An iteration that is under way.</summary>
/// <param name="Item">The item it runs for.</param>
/// <param name="Steps">The steps of its region, in the region's order.</param>
public sealed record RunFrame(JsonElement Item, ImmutableArray<StepState> Steps)
{
    /// <summary>The turn of the for-each for which it runs, see <see cref="RunState.TurnOf"/>.</summary>
    public string Turn { get; init; } = "";
}

/// <summary>How far a for-each has come.</summary>
public sealed record LoopState
{
    /// <summary>The items.</summary>
    public required ImmutableArray<JsonElement> Items { get; init; }

    /// <summary>How many iterations may be under way at once.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Whether an iteration that fails leaves the others alone.</summary>
    public required bool KeepGoing { get; init; }

    /// <summary>The number of the next iteration to begin.</summary>
    public int Next { get; init; }

    /// <summary>How many iterations are under way.</summary>
    public int Open { get; init; }

    /// <summary>How many iterations are over.</summary>
    public int Ended => Results.Count;

    /// <summary>How many of them failed.</summary>
    public int Failed { get; init; }

    /// <summary>What the iterations that are over collected, by their number; undefined where one failed.</summary>
    public ImmutableDictionary<int, JsonElement> Results { get; init; } = ImmutableDictionary<int, JsonElement>.Empty;

    /// <summary>How much data the items are and what of the iterations is kept, in bytes.</summary>
    public long Held { get; init; }

    /// <summary>How much the iterations have collected, in bytes.</summary>
    public long Collected { get; init; }

    /// <summary>Whether they collected more than is kept: then the rest of <see cref="Results"/> is undefined.</summary>
    public bool IsCut { get; init; }

    /// <summary>The first failure, when it ends the loop.</summary>
    public (string Code, string Message)? Broken { get; init; }

    /// <summary>Whether every iteration is over.</summary>
    public bool IsOver => Ended == Items.Length;
}
