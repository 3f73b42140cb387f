using System.Text.Json;
using WorkflowStudio.Api.Dialects.Graph;
using WorkflowStudio.Api.Dialects.Sequences;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Api.V1;

/// <summary>
/// The addresses that graph and sequences share. What is sent tells which of them speaks: the header of the graph dialect, else the fields
/// of the body. Where neither tells, sequences does.
/// </summary>
internal sealed class V1Workflows(GraphWorkflows graph, SequencesTemplates sequences, ListWorkflows list, ReadWorkflow read)
    : IDialectEndpoints
{
    public IDialect Dialect => V1Dialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Post("/workflows", CreateWorkflow.Needs, call => BySenderAsync(call, CreateAsync));
        routes.Get("/workflows", ListWorkflows.Needs, call => SpeaksGraph(call) ? graph.ListAsync(call) : ListAsync(call));
        routes.Get("/workflows/{id}", ReadWorkflow.Needs, call => SpeaksGraph(call) ? graph.ReadAsync(call) : ReadAsync(call));
        routes.Put("/workflows/{id}", UpdateWorkflow.Needs, call => BySenderAsync(call, ReplaceAsync));
        routes.Patch("/workflows/{id}", UpdateWorkflow.Needs, call => BySenderAsync(call, PatchAsync));
        routes.Delete("/workflows/{id}", DeleteWorkflow.Needs,
            call => SpeaksGraph(call) ? graph.DeleteAsync(call) : sequences.DeleteAsync(call));
    }

    private static bool SpeaksGraph(ApiCall call) => call.Dialect is GraphDialect;

    // answers in the dialect of the sender, which a body of graph tells too
    private static Task<ApiAnswer> BySenderAsync(ApiCall call, Func<ApiCall, JsonElement, Task<ApiAnswer>> answer) =>
        call.WithObjectAsync(body =>
        {
            var shape = V1Shape.Of(body);
            if (!SpeaksGraph(call) && shape.Refusal is { } refusal) return Task.FromResult(call.Dialect.Refuse(refusal));
            return answer(shape.IsGraph ? call with { Dialect = GraphDialect.Instance } : call, body);
        });

    private Task<ApiAnswer> CreateAsync(ApiCall call, JsonElement body) =>
        SpeaksGraph(call) ? graph.CreateAsync(call, body) : sequences.CreateAsync(call, body);

    // graph alone replaces; who speaks sequences is told in its words what is missing
    private Task<ApiAnswer> ReplaceAsync(ApiCall call, JsonElement body) => graph.ReplaceAsync(call, body);

    private Task<ApiAnswer> PatchAsync(ApiCall call, JsonElement body) =>
        SpeaksGraph(call) ? graph.PatchAsync(call, body) : sequences.PatchAsync(call, body);

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var query = new QueryReader(call.Http.Request.Query);
        var page = PageOf.Read(query);
        var filter = Filter(query) with { Skip = page.Skip, Take = page.Limit };
        if (query.Refusal is { } refusal) return call.Dialect.Refuse(refusal);
        var found = await list.WithDefinitionsAsync(call.Caller, filter, VersionChoice.Active, call.Aborted);
        if (!found.Ok) return call.Dialect.Refuse(found.Problem);
        // the templates of the house come behind those of the workspace
        var (own, house) = (found.Value, SequencesDefaults.Fitting(filter));
        var items = own.Items.Concat(house.Skip(Math.Max(0, page.Skip - own.Total)).Take(page.Limit - own.Items.Count)).ToList();
        return SequencesAnswers.Page(items, (w, item) => V1Fields.Write(w, item, call.BaseUrl), page, own.Total + house.Count);
    }

    private async Task<ApiAnswer> ReadAsync(ApiCall call)
    {
        var found = SequencesDefaults.Find(call.Id()) is { } ofTheHouse
            ? ofTheHouse
            : await read.RunAsync(call.Caller, call.Id(), VersionChoice.Active, call.Aborted);
        return found.Ok
            ? SequencesAnswers.One(w => V1Fields.Write(w, found.Value, call.BaseUrl)) with { Tag = found.Value.Tag }
            : call.Dialect.Refuse(found.Problem);
    }

    private static WorkflowFilter Filter(QueryReader query)
    {
        var (status, type, active) = (query.Text("status"), query.Text("triggerType"), query.Text("isActive"));
        if (status is not null && GraphTranslator.StatusOf(status) is null)
            query.Wrong("status", "The status has to be active, paused or draft.");
        if (type is not null && !SequenceTriggers.Words.Contains(type))
            query.Wrong("triggerType", $"The triggerType has to be {SequenceTriggers.InWords}.");
        if (active is not (null or "true" or "false")) query.Wrong("isActive", "The isActive has to be true or false.");
        var trigger = type is null ? null : SequenceTriggers.TypeOf(type);
        return new WorkflowFilter(query.Text("search"), GraphTranslator.StatusOf(status), trigger)
        { IsActive = active is null ? null : active == "true" };
    }
}

/// <summary>Registers what the dialects below <c>/api/v1</c> share.</summary>
internal static class V1Setup
{
    public static IServiceCollection AddV1(this IServiceCollection services) =>
        services.AddSingleton<IDialectEndpoints, V1Workflows>().AddSingleton<IDialectEndpoints, V1Contacts>()
            .AddSingleton<IDialectEndpoints, V1Webhooks>().AddSingleton<IDialectEndpoints, V1TriggerLog>()
            .AddSingleton<IDialectEndpoints, V1Messages>().AddSingleton<IDialectEndpoints, V1Documents>();
}
