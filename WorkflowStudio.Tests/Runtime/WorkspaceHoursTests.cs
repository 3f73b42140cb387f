using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Engine.Runtime.State;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Runtime;

/// <summary>The practice's opening hours, as expressions know them.</summary>
public sealed class WorkspaceHoursTests
{
    private const string Monday =
        """{"weekday":"monday","opens":"08:30","closes":"12:00"},{"weekday":"monday","opens":"13:00","closes":"17:00"}""";

    [Fact]
    public async Task Workspace_OpeningHours_AreThoseOfTheEnvironment()
    {
        await using var engine = await StartAsync();
        await OpenAsync(
            engine, StudioEnvironment.Live, (DayOfWeek.Sunday, 600, 1440), (DayOfWeek.Monday, 780, 1020), (DayOfWeek.Monday, 510, 720));
        await OpenAsync(engine, StudioEnvironment.Test, (DayOfWeek.Friday, 540, 600));

        var output = await HoursAsync(engine);

        Assert.Equal(
            "[" + Monday + ",{\"weekday\":\"sunday\",\"opens\":\"10:00\",\"closes\":\"24:00\"}]", output.GetProperty("hours").GetRawText());
        // a Sunday
        Assert.Equal("2026-06-07T10:00:00Z", DateTimeOffset.Parse(output.GetProperty("next").GetString()!, null).ToUniversalTime()
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null));
        Assert.True(output.GetProperty("late").GetBoolean());
    }

    [Fact]
    public async Task Workspace_OpeningHoursThatChange_AreFreshHalfAMinuteLater()
    {
        await using var engine = await StartAsync();
        Assert.Equal("[]", (await HoursAsync(engine)).GetProperty("hours").GetRawText());
        await OpenAsync(engine, StudioEnvironment.Live, (DayOfWeek.Monday, 780, 1020), (DayOfWeek.Monday, 510, 720));
        engine.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("[" + Monday + "]", (await HoursAsync(engine)).GetProperty("hours").GetRawText());
    }

    [Fact]
    public async Task Workspace_SingleDays_AreInPlaceOfTheirWeekdays()
    {
        await using var engine = await StartAsync();
        await OpenAsync(engine, StudioEnvironment.Live, (DayOfWeek.Monday, 540, 1020));
        var today = DateOnly.FromDateTime(engine.Clock.GetUtcNow().UtcDateTime);
        var monday = today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7 + 7);
        await engine.Writer.WriteAsync(write =>
        {
            foreach (var row in new OpeningHoursRow[]
            {
                new() { Day = monday, IsClosed = true }, new() { Day = monday.AddDays(6), FromMinutes = 600, ToMinutes = 1440 },
                new() { Day = today.AddDays(-400), FromMinutes = 600, ToMinutes = 660 },
            })
            {
                (row.Id, row.WorkspaceId, row.Weekday) =
                    (engine.Get<IdFactory>().New(), EngineHarness.Tenant.WorkspaceId, row.Day!.Value.DayOfWeek);
                write.Db.OpeningHours.Add(row);
            }

            return true;
        });

        var flow = Flows.Of("trigger > a:set").Setting("a", $$$"""
            {"values":{"days":"{{ $workspace.single_days }}","closed":"{{ is_business_day(\"{{{monday:yyyy-MM-dd}}}\") }}",
            "extra":"{{ is_business_day(\"{{{monday.AddDays(6):yyyy-MM-dd}}}\") }}","late":"{{ is_business_time(\"{{{monday.AddDays(6):yyyy-MM-dd}}}T12:00:00Z\") }}",
            "between":"{{ business_days_between(\"{{{monday:yyyy-MM-dd}}}\", \"{{{monday.AddDays(14):yyyy-MM-dd}}}\") }}",
            "next":"{{ format_date(next_business_time(\"{{{monday:yyyy-MM-dd}}}T10:00:00\"), \"uuuu-MM-dd HH:mm\") }}"}}
            """);
        var output = (await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done)).Step("a").Output;
        Assert.Equal(
            $$"""[{"date":"{{monday:yyyy-MM-dd}}","hours":[]},{"date":"{{monday.AddDays(6):yyyy-MM-dd}}",""" +
            "\"hours\":" + """[{"opens":"10:00","closes":"24:00"}]}]""", output.GetProperty("days").GetRawText());
        Assert.Equal((false, true, true, 2, $"{monday.AddDays(6):yyyy-MM-dd} 10:00"),
            (output.GetProperty("closed").GetBoolean(), output.GetProperty("extra").GetBoolean(), output.GetProperty("late").GetBoolean(),
            output.GetProperty("between").GetInt32(), output.GetProperty("next").GetString()));
    }

    private static async Task<EngineHarness> StartAsync()
    {
        var engine = await EngineHarness.CreateAsync(
            TestStore.Sqlite, [new SetNode()], services => services.AddSingleton<IOpenTimes, OpenTimes>());
        engine.Pump();
        return engine;
    }

    private static async Task<JsonElement> HoursAsync(EngineHarness engine)
    {
        var flow = Flows.Of("trigger > a:set").Setting("a", """
            {"values":{"hours":"{{ $workspace.business_hours }}","next":"{{ next_business_time(\"2026-06-06T12:00:00Z\") }}","late":"{{ is_business_time(\"2026-06-07T23:59:30Z\") }}"}}
            """);
        return (await engine.UntilAsync(await engine.RunAsync(flow), RunStatus.Done)).Step("a").Output;
    }

    private static Task OpenAsync(EngineHarness engine, StudioEnvironment environment, params (DayOfWeek Day, int From, int To)[] open) =>
        engine.Writer.WriteAsync(write =>
        {
            foreach (var (day, from, to) in open)
                write.Db.OpeningHours.Add(new OpeningHoursRow
                {
                    Id = engine.Get<IdFactory>().New(), WorkspaceId = EngineHarness.Tenant.WorkspaceId, Environment = environment,
                    Weekday = day, FromMinutes = from, ToMinutes = to,
                });
            return true;
        });
}
