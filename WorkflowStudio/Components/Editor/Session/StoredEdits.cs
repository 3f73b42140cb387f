using WorkflowStudio.Components.Shared.Browser;

namespace WorkflowStudio.Components.Editor.Session;

/// <summary>
/// What windows told of and was stored, up to which number. A window that is closed or loaded again is gone before it can be told, and
/// keeps what was stored a moment later; it is not offered then.
/// </summary>
internal sealed class StoredEdits
{
    private const int MostRemembered = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> numbers = [];
    private readonly Queue<string> oldest = new();

    /// <summary>All up to this number is stored.</summary>
    public void Note(string by, int number)
    {
        lock (gate)
        {
            if (!numbers.ContainsKey(by)) oldest.Enqueue(by);
            numbers[by] = number;
            if (oldest.Count > MostRemembered) numbers.Remove(oldest.Dequeue());
        }
    }

    /// <summary>Whether this one is stored, as far as is remembered.</summary>
    public bool Has(KeptEdit edit)
    {
        lock (gate) return edit is { By: { } by, Open: false } && numbers.TryGetValue(by, out var number) && edit.N <= number;
    }
}
