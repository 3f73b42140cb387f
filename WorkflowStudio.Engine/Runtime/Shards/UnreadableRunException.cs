namespace WorkflowStudio.Engine.Runtime.Shards;

/// <summary>A run cannot be read: an entry of its journal, its version or a step type. Trying again changes nothing.</summary>
public sealed class UnreadableRunException(string message, Exception cause) : Exception(message, cause)
{
    /// <summary>
    /// Whether an error while reading says that what is stored cannot be understood, rather than that the database cannot be asked.
    /// </summary>
    public static bool IsMeantBy(Exception e) =>
        e is System.Text.Json.JsonException or FormatException or InvalidCastException or KeyNotFoundException or ArgumentException
            or NullReferenceException
            or InvalidDataException or OverflowException or NotSupportedException
        || (e is InvalidOperationException && e is not ObjectDisposedException);
}
