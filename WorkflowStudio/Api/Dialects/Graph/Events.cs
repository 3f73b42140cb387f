using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Events;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>POST /events: something happened in another system.</summary>
internal sealed class GraphEvents(ApiGate gate, SendEvent send)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/events", gate.Keyed(GraphDialect.Instance, Permission.SendEvents, SendAsync)).OutsideOfPages();

    private async Task<ApiAnswer> SendAsync(ApiCall call)
    {
        if (!call.TryObject(out var body, out var refusal)) return GraphProblems.Of(refusal!);
        if (!TryRead(body, out var sent, out var problems)) return GraphProblems.Of(ApiProblem.Invalid("The event cannot be taken as it is.", problems));
        var taken = await send.RunAsync(call.Caller, sent, call.Record is { } record ? e => record(GraphAnswers.Event(e)) : null, call.Aborted);
        return taken.Ok ? GraphAnswers.Event(taken.Value) : GraphProblems.Of(taken.Problem);
    }

    private static bool TryRead(JsonElement body, out NewEvent sent, out IReadOnlyList<WorkflowProblem> problems)
    {
        var wrong = new List<WorkflowProblem>();
        if (!IsGiven(body, "type", out _)) wrong.Add(WorkflowProblem.Error(WorkflowProblemCodes.MissingField, "type", null, "The field type is missing."));
        sent = new NewEvent(Text(body, "type", wrong) ?? "", Text(body, "id", wrong), IsGiven(body, "data", out var data) ? data : Nothing);
        problems = wrong;
        return wrong.Count == 0;
    }

    private static string? Text(JsonElement body, string field, List<WorkflowProblem> wrong)
    {
        if (!IsGiven(body, field, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        wrong.Add(WorkflowProblem.Error(WorkflowProblemCodes.WrongField, field, null, $"The field {field} has to be text."));
        return null;
    }

    private static bool IsGiven(JsonElement body, string field, out JsonElement value) =>
        body.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null;
}
