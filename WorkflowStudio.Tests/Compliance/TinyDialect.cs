using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WorkflowStudio.Api;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Runs;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Tests.Compliance;

/// <summary>
/// A dialect of the tests alone: what is left of one when the frame does the rest. It differs from the graph dialect wherever dialects may
/// differ: in its place, in ids, the type and the shape of its refusals and their statuses.
/// </summary>
internal sealed class TinyDialect : IDialect
{
    public static TinyDialect Instance { get; } = new();

    public string Name => "tiny";

    public string Prefix => "/api/tiny";

    public string ProblemType => "application/problem+json";

    public ApiAnswer Refuse(ApiProblem problem)
    {
        var status = problem switch
        { { Status: ApiProblem.Validation } => 400, { Code: "idempotency_key_conflict" } => 409, _ => problem.Status };
        return Answer(status, problem.Code, problem.Message, problem.Errors) with { RetryAfter = problem.RetryAfter };
    }

    public ApiAnswer Refuse(OperationProblem problem) => problem switch
    {
        OperationProblem.NotFound => Answer(StatusCodes.Status404NotFound, problem.Code, problem.Message, []),
        OperationProblem.Forbidden => Answer(StatusCodes.Status403Forbidden, problem.Code, problem.Message, []),
        OperationProblem.Invalid invalid => Answer(StatusCodes.Status400BadRequest, problem.Code, problem.Message, invalid.Problems),
        _ => Answer(StatusCodes.Status409Conflict, problem.Code, problem.Message, []),
    };

    private ApiAnswer Answer(int status, string code, string detail, IReadOnlyList<WorkflowProblem> problems) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(
            new { status, title = code, detail, errors = problems.ToDictionary(p => p.Path, p => p.Message) }))
        {
            ContentType = ProblemType,
        };
}

internal sealed class TinyWorkflows(CreateWorkflow create, ListWorkflows list, StartRun start) : IDialectEndpoints
{
    public IDialect Dialect => TinyDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("", CreateWorkflow.Needs, call => call.WithObjectAsync(body => MakeAsync(call, new BodyReader(body))));
        routes.Get("", ListWorkflows.Needs, call => call.ReadAsync(
            list.WithDefinitionsAsync(call.Caller, new(), VersionChoice.Active, call.Aborted),
            found => Plain(200, new { total = found.Total })));
        routes.Post("/{id}/go", StartRun.Needs, call => call.DoAsync<StartedRun>(
            async keep => await start.RunAsync(call.Caller, Id(call), JsonElement.Parse("{}"), "api", keep, call.Aborted),
            run => Plain(202, new { id = run.RunId })));
    }

    private static Guid Id(ApiCall call) => ShownId.TryRead(call.Route("id"), out var id) ? id : Guid.Empty;

    private static ApiAnswer Plain<T>(int status, T message) => new(status, JsonSerializer.SerializeToUtf8Bytes(message));

    private async Task<ApiAnswer> MakeAsync(ApiCall call, BodyReader body)
    {
        var workflow = new NewWorkflow(body.NeededText("name"), "", WorkflowStatus.Active, Definition, EditorState.None, Dialect.Name);
        if (body.Refusal is { } refusal) return Dialect.Refuse(refusal);
        return await call.DoAsync<CreatedWorkflow>(
            keep => create.RunAsync(call.Caller, workflow, keep, call.Aborted),
            made => Plain(201, new { id = made.Id }) with { Location = $"/api/tiny/{made.Id}" });
    }

    private static WorkflowDefinition Definition { get; } = new()
    {
        Trigger = new WorkflowTrigger { Type = "manual" },
        Nodes = [new WorkflowNode { Id = "a", Type = "set", Config = JsonElement.Parse("""{"values":{"x":"1"}}""") }],
        Links = [new LinkConnection("trigger", null, "a")],
    };
}
