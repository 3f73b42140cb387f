using Microsoft.EntityFrameworkCore;

namespace WorkflowStudio.Engine.Storage;

/// <summary>
/// Rows that nobody can need any more after some time. Whoever keeps such rows registers them; <see cref="Housekeeping"/> removes them.
/// </summary>
/// <param name="age">How long they are kept.</param>
public abstract class AgedRows(TimeSpan age)
{
    /// <summary>About how many rows one transaction removes.</summary>
    public const int Some = 500;

    /// <summary>How long they are kept.</summary>
    public TimeSpan Age => age;

    /// <summary>Removes some of those from before a time; answers how many went.</summary>
    internal abstract int Remove(StudioDbContext db, DateTimeOffset before);
}

/// <summary>The rows of one table.</summary>
/// <param name="age">How long they are kept.</param>
/// <param name="at">The column that says when a row was made; it has an index.</param>
public sealed class AgedRows<TRow>(TimeSpan age, string at) : AgedRows(age)
    where TRow : class
{
    // the oldest up to the time of the last of some: a range of the index, whatever else there is
    internal override int Remove(StudioDbContext db, DateTimeOffset before)
    {
        var old = db.Set<TRow>().Where(r => EF.Property<DateTimeOffset>(r, at) < before);
        var times = old.Select(r => EF.Property<DateTimeOffset>(r, at)).OrderBy(t => t);
        var last = times.Skip(Some - 1).Select(t => (DateTimeOffset?)t).FirstOrDefault();
        return (last is { } time ? old.Where(r => EF.Property<DateTimeOffset>(r, at) <= time) : old).ExecuteDelete();
    }
}
