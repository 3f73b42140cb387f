using System.Data.Common;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Identity.Storage;

/// <summary>Tells a database that does not answer, or cannot be written, from a fault of ours.</summary>
internal static class Outage
{
    /// <summary>Whether an exception is the database's.</summary>
    public static bool Is(Exception failure) => failure is DbException or StoreAwayException;
}
