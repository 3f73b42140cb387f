using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Scheduling;

/// <summary>
/// What repeated work does while the database cannot be written: nothing, until its next time. The writer says why in the log.
/// </summary>
internal static class Unwritten
{
    public static async Task IgnoreAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (StoreUnwritableException)
        {
            // its next time comes
        }
    }
}
