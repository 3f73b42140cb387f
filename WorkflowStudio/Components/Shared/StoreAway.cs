using WorkflowStudio.Engine.Runtime.Journal;
using WorkflowStudio.Operations;

namespace WorkflowStudio.Components.Shared;

/// <summary>
/// The database cannot be reached or written. To a page that is an answer like any other: what was asked is not done, is said, and can be
/// asked again. Every operation that somebody's click or typing brings about is called through here, or the exception would take the whole
/// page away.
/// </summary>
internal sealed record StoreAway(string Why) : OperationProblem("store_away", Why)
{
    /// <summary>The answer of an operation, or why the database did not do it.</summary>
    public static async Task<Result<T>> TryAsync<T>(Func<Task<Result<T>>> operation)
    {
        try
        {
            return await operation();
        }
        catch (StoreAwayException e)
        {
            return new StoreAway(e.Message);
        }
    }
}
