using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Nodes.Flow;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Schedules.Cron;
using WorkflowStudio.Tests.Support;

namespace WorkflowStudio.Tests.Nodes.Flow;

/// <summary>It is Tuesday, November 24, 2026, 10:14 in Houston; the practice opens Monday to Friday 9 to 12 and 13 to 17.</summary>
public sealed class WaitNodeTests : IDisposable
{
    private readonly PracticeFixture practice = new();

    public void Dispose() => practice.Dispose();

    [Theory]
    [InlineData("""{"for":"2 hours"}""", "2026-11-24T12:14:02-06:00", "2 hours")]
    [InlineData("""{"for":"1 hour 30 min"}""", "2026-11-24T11:44:02-06:00", "1 hour 30 min")]
    [InlineData("""{"for":"P1DT30M"}""", "2026-11-25T10:44:02-06:00", "P1DT30M")]
    [InlineData("""{"for":90,"unit":"minutes"}""", "2026-11-24T11:44:02-06:00", "90 minutes")]
    [InlineData("""{"for":"1.5 days"}""", "2026-11-25T22:14:02-06:00", "1.5 days")]
    [InlineData("""{"for":1.5,"unit":"days"}""", "2026-11-25T22:14:02-06:00", "1.5 days")]
    [InlineData("""{"for":"0.5","unit":"weeks"}""", "2026-11-27T22:14:02-06:00", "0.5 weeks")]
    [InlineData("""{"for":"1,000","unit":"seconds"}""", "2026-11-24T10:30:42-06:00", "1000 seconds")]
    [InlineData("""{"for":"P1.5D"}""", "2026-11-25T22:14:02-06:00", "P1.5D")]
    [InlineData("""{"for":"P0.5W"}""", "2026-11-27T22:14:02-06:00", "P0.5W")]
    [InlineData("""{"for":"PT1.5H"}""", "2026-11-24T11:44:02-06:00", "PT1.5H")]
    [InlineData("""{"for":"P1M1DT1M"}""", "2026-12-25T10:15:02-06:00", "P1M1DT1M")]
    [InlineData("""{"for":"2 weeks"}""", "2026-12-08T10:14:02-06:00", "2 weeks")]
    [InlineData("""{"mode":"until","until":"2026-12-01T09:00"}""", "2026-12-01T09:00:00-06:00", "the time that was set")]
    [InlineData("""{"until":"2026-12-01"}""", "2026-12-01T00:00:00-06:00", "the time that was set")]
    [InlineData("""{"mode":"until","until":"2026-12-01T09:00:00Z"}""", "2026-12-01T03:00:00-06:00", "the time that was set")]
    [InlineData("""{"mode":"business_days","days":1}""", "2026-11-25T10:14:02-06:00", "1 business day")]
    [InlineData("""{"mode":"business_days","days":4}""", "2026-11-30T10:14:02-06:00", "4 business days")]
    public async Task Execute_FirstCall_WaitsUntil(string settings, string until, string caption)
    {
        var waiting = await Call(settings).WaitAsync();

        Assert.Equal((DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), caption, (string?)null),
            (waiting.Until!.Value, waiting.Caption!, waiting.Signal));
    }

    [Theory]
    [InlineData(24, 18, "2026-11-25T09:00:00-06:00")]
    [InlineData(24, 12, "2026-11-24T13:00:00-06:00")]
    [InlineData(27, 20, "2026-11-30T09:00:00-06:00")]
    public async Task Execute_PracticeIsClosed_WaitsForItsOpening(int day, int hour, string until)
    {
        practice.Clock.AdjustTime(new DateTimeOffset(2026, 11, day, hour, 0, 0, TimeSpan.FromHours(-6)));

        Assert.Equal(DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture),
            (await Call("""{"mode":"opening"}""").WaitAsync()).Until);
    }

    [Theory]
    [InlineData("""{"mode":"opening"}""")]
    [InlineData("""{"mode":"until","until":"2026-11-01T09:00"}""")]
    [InlineData("""{"for":"0 seconds"}""")]
    public async Task Execute_TimeHasPassed_GoesOnAtOnce(string settings) =>
        Assert.False((await Call(settings).OutputAsync()).GetProperty("woken_early").GetBoolean());

    [Fact]
    public async Task Execute_DayAcrossAClockChange_KeepsTheTimeOfDay()
    {
        practice.Clock.AdjustTime(new DateTimeOffset(2026, 10, 31, 10, 0, 0, TimeSpan.FromHours(-5)));

        Assert.Equal(
            new DateTimeOffset(2026, 11, 1, 10, 0, 0, TimeSpan.FromHours(-6)), (await Call("""{"for":"1 day"}""").WaitAsync()).Until);
        Assert.Equal(
            new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.FromHours(-6)), (await Call("""{"for":"24 hours"}""").WaitAsync()).Until);
    }

    [Theory]
    [InlineData("America/Chicago", "2027-03-14T02:30", "2027-03-14T03:00:00-05:00")]
    [InlineData("America/Chicago", "2026-11-01T01:30", "2026-11-01T01:30:00-05:00")]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00")]
    public void Read_TimeThatAClockChangeLeavesOut_IsThatOfASchedule(string zone, string until, string expected)
    {
        var read = WrittenTime.Read(until, zone)!.Value;
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(until[..10]).Value;
        var tzdb = NodaTime.DateTimeZoneProviders.Tzdb[zone];
        var cron = CronExpression.Parse(
            until.Length == 10 ? $"0 0 {day.Day} {day.Month} *" : $"{until[14..16]} {until[11..13]} {day.Day} {day.Month} *");

        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), read);
        Assert.Equal(NodaTime.Instant.FromDateTimeOffset(read),
            ScheduleCalculator.Next(cron, tzdb, tzdb.AtStartOfDay(day.PlusDays(-1)).ToInstant()));
    }

    [Fact]
    public void NoLength_PartsOfMonths_SaysWhyAndWhatToWrite() =>
        Assert.Equal("“1.5 months” is no length of time: months and years can only be whole, because they are not all as long. Write "
            + "days, such as 45 days.", WrittenTime.NoLength("1.5 months"));

    [Fact]
    public async Task Execute_Woken_SaysWhetherItWasEarly()
    {
        var call = Call("""{"for":"2 hours"}""");
        var until = (await call.WaitAsync()).Until!.Value;

        Assert.Equal("""{"until":"2026-11-24T12:14:02-06:00","resumed_at":"2026-11-24T11:14:02-06:00","woken_early":true}""",
            (await call.WakeAt(until.AddHours(-1)).OutputAsync()).GetRawText());
        Assert.False((await call.WakeAt(until).OutputAsync()).GetProperty("woken_early").GetBoolean());
    }

    [Theory]
    [InlineData("""{"for":"soon"}""", "wrong_setting")]
    [InlineData("""{"for":"1.5 months"}""", "wrong_setting")]
    [InlineData("""{"for":"P1.5M"}""", "wrong_setting")]
    [InlineData("""{"for":"P"}""", "wrong_setting")]
    [InlineData("""{"for":"PT"}""", "wrong_setting")]
    [InlineData("""{"for":"P-3D"}""", "wrong_setting")]
    [InlineData("""{"for":"-2 hours"}""", "wrong_setting")]
    [InlineData("{}", "wrong_setting")]
    [InlineData("""{"mode":"until","until":"tomorrow"}""", "wrong_setting")]
    [InlineData("""{"for":"9999 weeks"}""", "wait_too_long")]
    public async Task Execute_TimeThatCannotBeRead_Fails(string settings, string code) =>
        Assert.Equal(code, Assert.IsType<NodeOutcome.Failed>(await Call(settings).RunAsync()).Code);

    [Theory]
    [InlineData("{}", "missing_setting for")]
    [InlineData("""{"for":"soon"}""", "wrong_setting for")]
    [InlineData("""{"for":"999999 weeks"}""", "wrong_setting for")]
    [InlineData("""{"for":"121 months"}""", "wrong_setting for")]
    [InlineData("""{"mode":"until","until":"9999-12-31T23:59-06:00"}""", "wrong_setting until")]
    [InlineData("""{"mode":"until","until":"0001-01-01T00:00+06:00"}""", "wrong_setting until")]
    [InlineData("""{"mode":"until"}""", "missing_setting until")]
    [InlineData("""{"mode":"until","until":"tomorrow"}""", "wrong_setting until")]
    public void Check_SettingsThatDoNotFit_AreNamed(string config, string expected) =>
        Assert.StartsWith(expected, FlowCall.Problems(new WaitNode(practice.Calendar), config).Single(), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"for":"{{ x }}"}""")]
    [InlineData("""{"for":"3","unit":"days"}""")]
    [InlineData("""{"mode":"until","until":"{{ x }}"}""")]
    [InlineData("""{"mode":"opening"}""")]
    public void Check_SettingsThatFit_AreAccepted(string config) =>
        Assert.Empty(FlowCall.Problems(new WaitNode(practice.Calendar), config));

    private NodeCall Call(string settings) => new(practice, new WaitNode(practice.Calendar), settings);
}

public sealed class WaitForEventNodeTests
{
    private const string Settings =
        """{"event":"form.submitted","match":{"==":[{"var":"data.client"},"{{ client }}"]},"timeout":"3 days"}""";

    [Fact]
    public async Task Execute_FirstCall_WaitsForTheEventWithItsRule()
    {
        var waiting = await new FlowCall(new WaitForEventNode(), Settings, """{"client":7}""").WaitAsync();

        Assert.Equal(
            ("event:form.submitted", new DateTimeOffset(2026, 11, 27, 16, 14, 0, TimeSpan.Zero), """{"==":[{"var":"data.client"},7]}""",
                "the event form.submitted"),
            (waiting.Signal!, waiting.Until!.Value, waiting.Match.GetRawText(), waiting.Caption!));
    }

    [Theory]
    [InlineData("workflow.completed")]
    [InlineData("workflow.failed")]
    [InlineData("sequence-completed")]
    public async Task Check_TheEndOfARun_IsRefusedBeforeAndInTheRun(string name)
    {
        var literal = System.Text.Json.JsonSerializer.SerializeToElement(new { @event = name });

        Assert.Equal("event", Assert.Single(new WaitForEventNode().Check(literal)).Path);
        Assert.Contains("no step can wait for it",
            await new FlowCall(new WaitForEventNode(), """{"event":"{{ event }}"}""", literal.GetRawText()).FailureAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_TimeoutOfPartsOfDays_IsHours() => Assert.Equal(
        new DateTimeOffset(2026, 11, 26, 4, 14, 0, TimeSpan.Zero),
        (await new FlowCall(new WaitForEventNode(), """{"event":"x","timeout":"1.5 days"}""").WaitAsync()).Until);

    [Fact]
    public async Task Execute_NoTimeoutAndNoRule_WaitsForTheEventAlone()
    {
        var waiting = await new FlowCall(new WaitForEventNode(), """{"event":"x"}""").WaitAsync();

        Assert.Equal((null, System.Text.Json.JsonValueKind.Undefined), (waiting.Until, waiting.Match.ValueKind));
    }

    [Fact]
    public async Task Execute_EventCame_HandsOnItsData()
    {
        var call = new FlowCall(new WaitForEventNode(), Settings, """{"client":7}""")
        { Wake = new NodeWake(NodeWakeKind.Signal, "event:form.submitted", System.Text.Json.JsonElement.Parse("""{"client":7}""")) };

        Assert.Equal("""received {"event":"form.submitted","data":{"client":7},"at":"2026-11-24T10:14:00-06:00","timed_out":false}""",
            await call.DoneAsync());
    }

    [Fact]
    public async Task Execute_TimeIsOver_LeavesThroughTimeout()
    {
        var call = new FlowCall(new WaitForEventNode(), Settings, """{"client":7}""")
        { Wake = new NodeWake(NodeWakeKind.Time, null, default) };

        Assert.Equal(
            """timeout {"event":"form.submitted","data":null,"at":"2026-11-24T10:14:00-06:00","timed_out":true}""", await call.DoneAsync());
    }

    [Theory]
    [InlineData("""{"event":"x","match":{"nope":[1]}}""", "wrong_setting match")]
    [InlineData("""{"event":"x","timeout":"soon"}""", "wrong_setting timeout")]
    [InlineData("""{"event":"x","timeout":"0.5 months"}""",
        "wrong_setting timeout: “0.5 months” is no length of time: months and years can only be whole")]
    [InlineData("""{"match":true}""", "missing_setting event")]
    [InlineData("""{"event":"form.*"}""", "wrong_setting event")]
    public void Check_SettingsThatDoNotFit_AreNamed(string config, string expected) =>
        Assert.StartsWith(expected, FlowCall.Problems(new WaitForEventNode(), config).Single(), StringComparison.Ordinal);

    [Fact]
    public async Task Execute_RuleThatCannotBeRead_Fails() =>
        Assert.StartsWith("wrong_setting: ",
            await new FlowCall(new WaitForEventNode(), """{"event":"x","match":{"nope":[1]}}""").FailureAsync(), StringComparison.Ordinal);
}
