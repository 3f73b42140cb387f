using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Practice;

/// <summary>A page of a list, newest first.</summary>
/// <param name="Items">The items of this page; empty past the end.</param>
/// <param name="Total">How many there are on all pages, at most <see cref="PracticeQueries.MostCounted"/>.</param>
/// <param name="AndMore">Whether there are more than are counted.</param>
/// <param name="Next">The item below which the next page begins; null at the end.</param>
public sealed record PracticePage<T>(IReadOnlyList<T> Items, int Total, bool AndMore, Guid? Next);
