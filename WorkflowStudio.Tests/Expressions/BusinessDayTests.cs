using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Tests.Support.Fakes;

namespace WorkflowStudio.Tests.Expressions;

/// <summary>Single days that are closed or have hours of their own, as the functions of business days and hours count them.</summary>
public sealed class BusinessDayTests
{
    [Theory]
    [InlineData("is_business_day(\"2026-06-15\")", "false")]
    [InlineData("is_business_day(\"2026-06-16\")", "true")]
    [InlineData("is_business_time(\"2026-06-16T10:00\")", "false")]
    [InlineData("is_business_time(\"2026-06-16T23:30\")", "true")]
    [InlineData("next_business_time(\"2026-06-14T12:00\")", "\"2026-06-16T20:00:00-05:00\"")]
    [InlineData("next_business_time(\"2026-06-20T20:00\")", "\"2026-07-13T09:00:00-05:00\"")]
    [InlineData("add_business_days(\"2026-06-13\", 1)", "\"2026-06-16\"")]
    [InlineData("add_business_days(\"2026-06-16\", -1)", "\"2026-06-13\"")]
    [InlineData("business_days_between(\"2026-06-13\", \"2026-06-20\")", "2")]
    public void BusinessDays_CountSingleDays(string expression, string json) => Assert.Equal(json, At(expression, """
        {"business_hours":[{"weekday":"monday","opens":"09:00","closes":"12:00"},{"weekday":"monday","opens":"13:00","closes":"18:00"},
        {"weekday":"saturday","opens":"10:00","closes":"14:00"}],"single_days":[{"date":"2026-06-15","hours":[]},{"date":"2026-06-16","hours":[{"opens":"20:00",
        "closes":"24:00"}]},{"date":"2026-06-22"},{"date":"2026-06-27","hours":[]},{"date":"2026-06-29","hours":[]},
        {"date":"2026-07-04","hours":[]},{"date":"2026-07-06","hours":[{}]},{"date":"2026-07-11","hours":null},{"date":"soon"}, 7]}
        """));

    [Theory]
    [InlineData("is_business_day(\"2026-06-15\")", "false")]
    [InlineData("is_business_day(\"2026-09-01\")", "true")]
    [InlineData("next_business_time(\"2026-06-15T12:00\")", "\"2026-09-01T09:00:00-05:00\"")]
    [InlineData("add_business_days(\"2026-06-15\", 2)", "\"2026-10-01\"")]
    [InlineData("add_business_days(\"2026-06-15\", 3)", "The practice opens on too few days for add_business_days.")]
    public void BusinessDays_WithSingleDaysAlone_AreThose(string expression, string told) => Assert.Equal(told, At(expression, """
        {"business_hours":[],"single_days":[{"date":"2026-10-01","hours":[{"opens":"09:00","closes":"10:00"}]},
        {"date":"2026-09-01","hours":[{"opens":"09:00","closes":"10:00"}]}]}
        """));

    [Fact]
    public void BusinessDays_WithHolidaysAlone_AreTheUsualWithoutThem()
    {
        const string Closed = """{"business_hours":[],"single_days":[{"date":"2026-06-15","hours":[]}]}""";
        Assert.Equal("\"2026-06-16T09:00:00-05:00\"", At("next_business_time(\"2026-06-13\")", Closed));
    }

    private static string At(string expression, string workspace) =>
        Template.Parse($"{{{{ {expression} }}}}").TryEvaluate(
            new FakeScope().Ambient("$run", """{"time_zone":"America/Chicago"}""").Ambient("$workspace", workspace),
            out var value, out var problem)
            ? value.GetRawText() : problem!.Message;
}
