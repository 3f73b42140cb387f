using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;
using WorkflowStudio.Engine.Schedules.Cron;

namespace WorkflowStudio.Engine.Schedules;

/// <summary>An occurrence and when its run starts: at most the jitter later.</summary>
public readonly record struct ScheduledTime(Instant Occurrence, Instant FiresAt);

/// <summary>
/// The occurrences of one schedule: its expression in its zone, between its first and last moment, each with its jitter. The jitter follows
/// from schedule and occurrence alone, so every node finds the same; it never reaches the next occurrence, so their order stays.
/// </summary>
public sealed class ScheduleTimes(Guid scheduleId, CronExpression expression, DateTimeZone zone)
{
    /// <summary>The zone.</summary>
    public DateTimeZone Zone => zone;

    /// <summary>The largest jitter, in seconds.</summary>
    public int JitterSeconds { get; init; }

    /// <summary>Nothing occurs before.</summary>
    public Instant? StartsAt { get; init; }

    /// <summary>Nothing occurs after.</summary>
    public Instant? EndsAt { get; init; }

    /// <summary>The first occurrence after <paramref name="after"/>; null when there is none.</summary>
    public ScheduledTime? Next(Instant after)
    {
        var from = StartsAt is { } start && start > after ? start - Duration.Epsilon : after;
        return ScheduleCalculator.Next(expression, zone, from) is { } at && (EndsAt is not { } end || at <= end)
            ? new ScheduledTime(at, FiresAt(at))
            : null;
    }

    /// <summary>
    /// The occurrences after <paramref name="after"/> up to and including <paramref name="until"/>, computed as they are read.
    /// </summary>
    public IEnumerable<ScheduledTime> Between(Instant after, Instant until)
    {
        for (var next = Next(after); next is { } time && time.Occurrence <= until; next = Next(time.Occurrence)) yield return time;
    }

    /// <summary>The last of the occurrences between two moments, at most so many, in order; those before are not computed.</summary>
    public IReadOnlyList<ScheduledTime> Latest(Instant after, Instant until, int count)
    {
        for (var width = Duration.FromMinutes(2L * count); ; width *= 4)
        {
            var from = until - after > width ? until - width : after;
            var found = Between(from, until).ToList();
            if (found.Count >= count || from == after) return found.Count > count ? found[^count..] : found;
        }
    }

    private Instant FiresAt(Instant occurrence)
    {
        if (JitterSeconds == 0) return occurrence;
        var room = ScheduleCalculator.Next(expression, zone, occurrence) is { } next
            ? Math.Min(JitterSeconds, (long)(next - occurrence).TotalSeconds - 1)
            : JitterSeconds;
        return occurrence + Duration.FromSeconds(Hash(occurrence) % (room + 1));
    }

    private long Hash(Instant occurrence)
    {
        Span<byte> text = stackalloc byte[24], hash = stackalloc byte[SHA256.HashSizeInBytes];
        scheduleId.TryWriteBytes(text, true, out _);
        BinaryPrimitives.WriteInt64BigEndian(text[16..], occurrence.ToUnixTimeMilliseconds());
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }
}
