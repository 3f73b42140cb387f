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
