using NodaTime;
using WorkflowStudio.Engine.Schedules.Cron;
using Oracle = Cronos.CronExpression;

namespace WorkflowStudio.Tests.Scheduling.Cron;

/// <summary>
/// An independent reader of cron expressions says the same local times. It is asked without a zone: its own clock changes are wrong for
/// three zones. It asks both day fields to match where ours lets either; so it is asked for each alone, and the earlier counts.
/// </summary>
public sealed class CronosOracleTests
{
    private const int Expressions = 2_000;
    private const int Times = 20;

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    [Fact]
    public void NextLocal_AnyExpression_IsWhatAnotherReaderSays()
    {
        var random = new Random(20261130);
        var differences = new List<string>();
        var found = 0;
        for (var i = 0; i < Expressions; i++)
        {
            var text = string.Join(
                ' ', Plain(random, 0, 59), Plain(random, 0, 23), DaysOfMonth(random), MonthsOf(random), DaysOfWeek(random));
            Assert.True(CronExpression.TryParse(text, out var ours, out var problem), $"{text}: {problem?.Message}");
            var theirs = Parts(text);
            LocalDateTime? from = new LocalDateTime(2026, 1, 1, 0, 0).PlusMinutes(random.Next(525_600));
            for (var n = 0; n < Times && from is { } at; n++)
            {
                var (one, other) = (ours.NextLocal(at), Next(theirs, at));
                if (one != other)
                {
                    differences.Add($"{text} from {at}: {one}, the other says {other}");
                    break;
                }

                if (one is not null) found++;
                from = one?.PlusMinutes(1);
            }
        }

        Assert.Empty(differences);
        Assert.True(found > Expressions * Times * 9 / 10, $"Only {found} times were compared.");
    }

    private static Oracle[] Parts(string text)
    {
        var f = text.Split(' ');
        return f[2][0] != '*' && f[4][0] != '*'
            ? [Oracle.Parse($"{f[0]} {f[1]} {f[2]} {f[3]} *"), Oracle.Parse($"{f[0]} {f[1]} * {f[3]} {f[4]}")]
            : [Oracle.Parse(text)];
    }

    private static LocalDateTime? Next(Oracle[] parts, LocalDateTime from)
    {
        var asUtc = DateTime.SpecifyKind(from.ToDateTimeUnspecified(), DateTimeKind.Utc);
        return parts.Min(p => p.GetNextOccurrence(asUtc, inclusive: true)) is { } next ? LocalDateTime.FromDateTime(next) : null;
    }

    // a value, a list, a range (also round the end), a step
    private static string Plain(Random random, int least, int most)
    {
        string One() => $"{random.Next(least, most + 1)}";
        return random.Next(7) switch
        {
            0 => "*",
            1 => $"*/{random.Next(1, most + 1)}",
            2 => $"{One()}-{One()}",
            3 => $"{One()}-{One()}/{random.Next(1, 8)}",
            4 => string.Join(',', Enumerable.Range(0, random.Next(2, 5)).Select(_ => One())),
            5 => $"{One()}/{random.Next(1, most + 1)}",
            _ => One(),
        };
    }

    private static string DaysOfMonth(Random random) => random.Next(9) switch
    {
        0 => "L",
        1 => $"L-{random.Next(1, 28)}",
        2 => "LW",
        3 => $"{random.Next(1, 32)}W",
        4 or 5 or 6 => "*",
        _ => Plain(random, 1, 31),
    };

    private static string MonthsOf(Random random) => random.Next(5) switch
    {
        0 => Months[random.Next(12)],
        1 => $"{Months[random.Next(12)]}-{Months[random.Next(12)]}",
        2 => Plain(random, 1, 12),
        _ => "*",
    };

    private static string DaysOfWeek(Random random) => random.Next(8) switch
    {
        0 => $"{Days[random.Next(7)]}#{random.Next(1, 6)}",
        1 => $"{random.Next(8)}L",
        2 => $"{Days[random.Next(7)]}-{Days[random.Next(7)]}",
        3 => string.Join(',', Enumerable.Range(0, 3).Select(_ => Days[random.Next(7)])),
        // not 3/2: the other goes on to 7, a Sunday again; ours ends with Saturday
        4 => $"{Days[random.Next(7)]}-{Days[random.Next(7)]}/{random.Next(1, 4)}",
        5 => $"{random.Next(8)}",
        _ => "*",
    };
}
