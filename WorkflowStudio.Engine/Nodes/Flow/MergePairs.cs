using System.Text.Json;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>
/// Which items of two lists belong together. What would come of it is counted before anything is made: two lists of ten thousand items
/// with one key have a hundred million pairs.
/// </summary>
internal sealed class MergePairs
{
    private readonly IReadOnlyList<int>[][] matches; // for each left item the right ones, in lists that have none in common
    private readonly bool[] isMatched;
    private readonly long pairs;

    private MergePairs(IReadOnlyList<int>[][] matches, int right)
    {
        (this.matches, isMatched) = (matches, new bool[right]);
        var seen = new HashSet<IReadOnlyList<int>>(ReferenceEqualityComparer.Instance);
        foreach (var found in matches)
        {
            pairs += found.Sum(f => (long)f.Count);
            if (found.Length > 0) Matched++;
            foreach (var list in found.Where(seen.Add))
                foreach (var r in list) isMatched[r] = true;
        }
    }

    /// <summary>How many left items have a right one.</summary>
    public int Matched { get; }

    /// <summary>How many left items have none.</summary>
    public int LeftOnly => matches.Length - Matched;

    /// <summary>How many right items have none.</summary>
    public int RightOnly => isMatched.Count(m => !m);

    /// <summary>Items of one place belong together.</summary>
    public static MergePairs ByPosition(int left, int right) =>
        new([.. Enumerable.Range(0, left).Select(i => i < right ? new IReadOnlyList<int>[] { new[] { i } } : [])], right);

    /// <summary>Items of one key belong together.</summary>
    public static MergePairs ByKey(
        IReadOnlyList<JsonElement> left, IReadOnlyList<JsonElement> right, MergeListsSettings settings, CancellationToken cancellationToken)
    {
        var same = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var spelt = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var r = 0; r < right.Count; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = FieldPath.Follow(right[r], settings.RightKey.Length > 0 ? settings.RightKey : settings.LeftKey);
            if (IsNothing(key)) continue;
            Add(same, ItemKey.Of(key, settings.IgnoreCase), r);
            if (Spelt(key) is { } number) Add(spelt, number, r);
        }

        var matches = new IReadOnlyList<int>[left.Count][];
        for (var l = 0; l < left.Count; l++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = FieldPath.Follow(left[l], settings.LeftKey);
            if (IsNothing(key))
            {
                matches[l] = [];
                continue;
            }

            var own = ItemKey.Of(key, settings.IgnoreCase);
            var found = same.GetValueOrDefault(own);
            // a number and a text that spells it; two texts have to be the same, as in conditions
            var more = Spelt(key) is { } number ? same.GetValueOrDefault(number)
                : key.ValueKind == JsonValueKind.Number ? spelt.GetValueOrDefault(own)
                : null;
            matches[l] = [.. new[] { found, more }.OfType<List<int>>()];
        }

        return new MergePairs(matches, right.Count);
    }

    /// <summary>How many items come of it.</summary>
    public long CountOf(MergeKeep keep) =>
        pairs + (keep == MergeKeep.Inner ? 0 : LeftOnly) + (keep == MergeKeep.Full ? RightOnly : 0);

    /// <summary>The pairs in the order of the left list, then what is in the right one alone; null where there is no other.</summary>
    public IEnumerable<(int? Left, int? Right)> Of(MergeKeep keep)
    {
        for (var l = 0; l < matches.Length; l++)
        {
            if (matches[l].Length == 0 && keep != MergeKeep.Inner) yield return (l, null);
            foreach (var r in matches[l].SelectMany(f => f).Order()) yield return (l, r);
        }

        if (keep != MergeKeep.Full) yield break;
        for (var r = 0; r < isMatched.Length; r++)
            if (!isMatched[r]) yield return (null, r);
    }

    private static bool IsNothing(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    // the key of the number that a text spells
    private static string? Spelt(JsonElement key) =>
        key.ValueKind == JsonValueKind.String && NumberText.TryRead(key.GetString(), out var number)
            ? ItemKey.Of(JsonSerializer.SerializeToElement(number))
            : null;

    private static void Add(Dictionary<string, List<int>> index, string key, int place)
    {
        if (!index.TryGetValue(key, out var places)) index[key] = places = [];
        places.Add(place);
    }
}
