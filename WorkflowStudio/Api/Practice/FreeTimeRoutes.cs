using System.Globalization;
using System.Text.Json;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Practice.Calendar;
using WorkflowStudio.Engine.Practice.Tables;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Api.Practice;

/// <summary>The address under which the free times of the calendar are found.</summary>
internal sealed class FreeTimeRoutes(FindFreeTimes finding) : IDialectEndpoints
{
    public IDialect Dialect => PracticeDialect.Instance;

    public void Map(DialectRoutes routes) => routes.Get("/appointments/free", FindFreeTimes.Needs, FindAsync);

    private async Task<ApiAnswer> FindAsync(ApiCall call)
    {
        var reader = new QueryReader(call.Http.Request.Query);
        var wish = new FreeTimeWish(reader.Text("typeId") ?? "", reader.Day("from"), reader.Day("to"))
        { Limit = Math.Min(reader.Count("limit", FindFreeTimes.Most), FindFreeTimes.Most) };
        if (reader.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        return await call.ReadAsync(finding.RunAsync(call.Caller, wish, call.Aborted),
            found => SequencesAnswers.List(found.Slots, Write));
    }

    private static void Write(Utf8JsonWriter w, FreeSlot slot)
    {
        w.WriteString("startsAt", FieldReading.Text(slot.StartsAt));
        w.WriteString("endsAt", FieldReading.Text(slot.EndsAt));
    }
}
