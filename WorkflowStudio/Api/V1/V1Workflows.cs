using System.Text.Json;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// The addresses that graph and sequences share. What is sent tells which of them speaks: the header of the graph dialect, else the fields
/// of the body. Where neither tells, sequences does.
/// </summary>
internal sealed class V1Workflows(GraphWorkflows graph) : IDialectEndpoints
{
    public IDialect Dialect => V1Dialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("/workflows", CreateWorkflow.Needs, call => call.WithObjectAsync(body => CreateAsync(call, body)));
        routes.Get("/workflows", ListWorkflows.Needs, graph.ListAsync);
        routes.Get("/workflows/{id}", ReadWorkflow.Needs, graph.ReadAsync);
        routes.Put("/workflows/{id}", UpdateWorkflow.Needs, call => call.WithObjectAsync(body => graph.ReplaceAsync(call, body)));
        routes.Patch("/workflows/{id}", UpdateWorkflow.Needs, call => call.WithObjectAsync(body => graph.PatchAsync(call, body)));
        routes.Delete("/workflows/{id}", DeleteWorkflow.Needs, graph.DeleteAsync);
    }

    private Task<ApiAnswer> CreateAsync(ApiCall call, JsonElement body) =>
        graph.CreateAsync(call with { Dialect = GraphDialect.Instance }, body);
}

/// <summary>Registers what the dialects below <c>/api/v1</c> share.</summary>
internal static class V1Setup
{
    public static IServiceCollection AddV1(this IServiceCollection services) =>
        services.AddSingleton<IDialectEndpoints, V1Workflows>();
}
