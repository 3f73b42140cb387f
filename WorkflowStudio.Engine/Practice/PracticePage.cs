using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Practice;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">The items of this page; empty past the end.</param>
/// <param name="Total">How many there are on all pages, at most <see cref="PracticePages.MostCounted"/>.</param>
/// <param name="AndMore">Whether there are more than are counted.</param>
/// <param name="Next">The item below which the next page begins; null at the end.</param>
public sealed record PracticePage<T>(IReadOnlyList<T> Items, int Total, bool AndMore, Guid? Next);

/// <summary>How lists of the practice are cut into pages.</summary>
public static class PracticePages
{
    /// <summary>How many rows are counted or added up at most, so that no page reads more when there are more.</summary>
    public const int MostCounted = 10_000;

    /// <summary>The longest page.</summary>
    internal const int MaxSize = 200;

    /// <summary>
    /// The first items of what is left. What is counted are the rows of all pages alone, from their index, without what is joined to them.
    /// </summary>
    internal static async Task<PracticePage<T>> CutAsync<TRow, T>(
        IOrderedQueryable<TRow> rows, IQueryable<T> left, Func<T, Guid> idOf, int size, CancellationToken cancellationToken)
    {
        var count = Math.Clamp(size, 1, MaxSize);
        var total = await rows.Take(MostCounted + 1).CountAsync(cancellationToken);
        var items = await left.Take(count + 1).ToListAsync(cancellationToken);
        Guid? next = items.Count > count ? idOf(items[count - 1]) : null;
        return new PracticePage<T>(items.Count > count ? items[..count] : items, Math.Min(total, MostCounted), total > MostCounted, next);
    }
}
