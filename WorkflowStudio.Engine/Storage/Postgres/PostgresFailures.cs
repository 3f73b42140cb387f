using Npgsql;
using WorkflowStudio.Engine.Runtime.Journal;

namespace WorkflowStudio.Engine.Storage.Postgres;

/// <summary>What failures of the database mean (PostgreSQL's documentation, appendix A).</summary>
internal static class PostgresFailures
{
    // ended by an administrator, after a crash, starting up, idle too long, idle in a transaction too long
    private static readonly HashSet<string> Ended = ["57P01", "57P02", "57P03", "57P05", "25P03"];

    // a node that was promoted or demoted meanwhile
    private static readonly HashSet<string> Elsewhere = ["25006"];

    /// <summary>States after which a read is tried again, beside those that the driver knows.</summary>
    public static ICollection<string> RetriedStates => Ended;

    /// <summary>Whether the database cannot be reached, or the connection is gone.</summary>
    public static bool IsAway(Exception failure) => failure switch
    {
        PostgresException e => Ended.Contains(e.SqlState) || Elsewhere.Contains(e.SqlState)
            || e.SqlState.StartsWith("08", StringComparison.Ordinal) || e.SqlState.StartsWith("53", StringComparison.Ordinal),
        NpgsqlException e => e.IsTransient || e.InnerException is IOException or TimeoutException,
        IOException or TimeoutException => true,
        { InnerException: { } inner } => IsAway(inner),
        _ => false,
    };

    /// <summary>What keeps the database from being written.</summary>
    public static StoreFault? FaultOf(Exception failure) => failure switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => StoreFault.DiskFull,
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } => StoreFault.Damaged,
        PostgresException { SqlState: PostgresErrorCodes.IoError } => StoreFault.DiskFails,
        { InnerException: { } inner } => FaultOf(inner),
        _ => null,
    };

    /// <summary>Why the database cannot be used and what to do, in one line; null when the failure is not the database's.</summary>
    public static string? Explain(Exception failure, string place) => failure switch
    {
        PostgresException e when e.SqlState.StartsWith("28", StringComparison.Ordinal) =>
            $"PostgreSQL refuses the sign-in to {place} ({e.MessageText}). Mend Username and Password in STUDIO_DATABASE.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
            $"PostgreSQL has no database {place}. Make it, with the user of STUDIO_DATABASE as its owner.",
        PostgresException e => $"PostgreSQL cannot be used ({place}: {e.MessageText}).",
        NpgsqlException or StoreAwayException or TimeoutException => $"The database {place} does not answer "
            + $"({failure.GetBaseException().Message.ReplaceLineEndings(" ")}). Start it, or mend STUDIO_DATABASE.",
        { InnerException: { } inner } => Explain(inner, place),
        _ => null,
    };

    /// <summary>Whether two transactions met: a deadlock, or a lock that was not free in time.</summary>
    public static bool MayBeDoneAgain(Exception failure) => failure switch
    {
        PostgresException e => e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.LockNotAvailable,
        { InnerException: { } inner } => MayBeDoneAgain(inner),
        _ => false,
    };
}
