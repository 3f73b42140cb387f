using System.Text.Json;
using WorkflowStudio.Engine.Model.Json;
using WorkflowStudio.Engine.Nodes;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>What a for-each comes to once its iterations are over.</summary>
internal static class LoopOutput
{
    /// <summary>Said when nobody asked for what the iterations collected, and it is too much.</summary>
    public static readonly string Cut = $"What the items gave is over {RunLimits.MaxCollected:N0} bytes (8 MiB); the rest is not kept, and "
        + "stands as null in the output. Set “Collect” to what later steps need.";

    /// <summary>Its outcome: done with <c>{items, count, failed}</c>, or failed with the failure of the iteration that ended it.</summary>
    /// <param name="loop">How it went.</param>
    /// <param name="asked">Whether the step says what is to be collected: then it fails where that is too much.</param>
    public static NodeOutcome Of(LoopState loop, bool asked)
    {
        if (loop.Broken is { } broken) return new NodeOutcome.Failed(broken.Code, broken.Message);
        if (loop.IsCut && asked)
            return new NodeOutcome.Failed("output_too_large", $"All items were gone through, but what they collect has {loop.Collected:N0} "
                + $"bytes; at most {RunLimits.MaxCollected:N0} are allowed (8 MiB). Collect less of each.");
        JsonElement?[] items = [.. Enumerable.Range(0, loop.Items.Length).Select(
            i => loop.Results.GetValueOrDefault(i) is { ValueKind: not JsonValueKind.Undefined } value ? value : (JsonElement?)null)];
        var output = JsonSerializer.SerializeToElement(new { items, count = items.Length, failed = loop.Failed });
        return JsonDepth.IsOver(output) ? RunLimits.TooDeep : new NodeOutcome.Completed(output);
    }
}
