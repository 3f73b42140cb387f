using System.Globalization;

namespace WorkflowStudio.Engine.Runtime.State;

/// <summary>
/// The numbers of the iterations around a step, from the outside in and counted from 0, joined by dots: <c>3.0</c> is the first iteration
/// of an inner for-each in the fourth of an outer one. Null stands outside of every for-each.
/// </summary>
internal static class IterationPath
{
    /// <summary>The path of an iteration inside another, or outside of all.</summary>
    public static string Child(string? path, int index)
    {
        var own = index.ToString(CultureInfo.InvariantCulture);
        return path is null ? own : $"{path}.{own}";
    }

    /// <summary>The path around an iteration.</summary>
    public static string? Parent(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot < 0 ? null : path[..dot];
    }

    /// <summary>The number of the innermost iteration.</summary>
    public static int Last(string path) =>
        int.Parse(path.AsSpan(path.LastIndexOf('.') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The outermost iterations of a path; the whole when it has no more than that.</summary>
    public static string? Outer(string? path, int depth)
    {
        if (path is null || depth == 0) return null;
        var at = -1;
        for (var i = 0; i < depth; i++)
        {
            at = path.IndexOf('.', at + 1);
            if (at < 0) return path;
        }

        return path[..at];
    }

    /// <summary>
    /// Which of two iterations of one for-each comes first. Their numbers have no leading zeros, so of two the longer one is larger.
    /// </summary>
    public static int Compare(string x, string y)
    {
        if (x == y) return 0;
        ReadOnlySpan<char> restX = x, restY = y;
        while (restX.Length > 0 && restY.Length > 0)
        {
            ReadOnlySpan<char> numberX = First(ref restX), numberY = First(ref restY);
            var order = numberX.Length != numberY.Length ? numberX.Length - numberY.Length : numberX.SequenceCompareTo(numberY);
            if (order != 0) return order;
        }

        return restX.Length - restY.Length;
    }

    /// <summary>Whether an iteration is, or lies within, another.</summary>
    public static bool IsWithin(string path, string? outer) =>
        outer is null || path == outer
        || (path.Length > outer.Length && path[outer.Length] == '.' && path.StartsWith(outer, StringComparison.Ordinal));

    private static ReadOnlySpan<char> First(ref ReadOnlySpan<char> rest)
    {
        var dot = rest.IndexOf('.');
        var first = dot < 0 ? rest : rest[..dot];
        rest = dot < 0 ? [] : rest[(dot + 1)..];
        return first;
    }
}
