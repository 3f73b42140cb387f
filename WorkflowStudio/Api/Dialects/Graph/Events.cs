using System.Text.Json;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Operations.Events;

namespace WorkflowStudio.Api.Dialects.Graph;

/// <summary>POST /events: something happened in another system.</summary>
internal sealed class GraphEvents(SendEvent send) : IDialectEndpoints
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    public IDialect Dialect => GraphDialect.Instance;

    public void Map(DialectRoutes routes) =>
        routes.Post("/events", SendEvent.Needs, call => call.WithObjectAsync(body => SendAsync(call, new BodyReader(body))));

    private async Task<ApiAnswer> SendAsync(ApiCall call, BodyReader body)
    {
        var sent = new NewEvent(body.NeededText("type"), body.Text("id"), body.Has("data") ? body.Field("data") : Nothing);
        return body.Problems.Count > 0
            ? GraphProblems.Of(ApiProblem.Invalid("The event cannot be taken as it is.", body.Problems))
            : await call.DoAsync<TakenEvent>(keep => send.RunAsync(call.Caller, sent, keep, call.Aborted), GraphAnswers.Event);
    }
}
