using System.Runtime.InteropServices;
using System.Text.Json;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>
/// Counts what a step gathers, so that a short setting or a wide item that is repeated ten thousand times fails the step before it fills
/// the memory. Coarse: the limit on outputs is held when the step is done, here a few times as much may be under way.
/// </summary>
internal sealed class OutputRoom
{
    private const long Most = 4 * 1024 * 1024;

    private long taken;

    /// <summary>The failure of a step that has gathered too much.</summary>
    public static NodeOutcome.Failed IsFull(string setting) => new("output_too_large",
        $"What the step gives would be larger than 1 MiB. Pass a part of the list, or less of each item. (Setting: {setting})");

    /// <summary>Counts a value; false when it is too much.</summary>
    public bool Takes(JsonElement value) =>
        Takes(value.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(value).Length);

    /// <summary>Counts so many bytes; false when they are too much.</summary>
    public bool Takes(int bytes) => (taken += bytes) <= Most;
}
