namespace WorkflowStudio.Engine.Runtime.Journal;

/// <summary>
/// The database could not be reached, or the connection was lost before it answered. What was to be written may have been written or not:
/// read again before doing it again.
/// </summary>
public sealed class StoreAwayException(string message, Exception inner) : Exception(message, inner);
