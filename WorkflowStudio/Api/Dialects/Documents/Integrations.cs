using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Operations.Integrations;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>Integrations: made, listed, changed, removed. The one that is meant is named in the query.</summary>
internal sealed class DocumentsIntegrations(ListIntegrations list, ChangeIntegrations change) : IDialectEndpoints
{
    public IDialect Dialect => DocumentsDialect.Instance;

    public void Map(DialectRoutes routes)
    {
        routes.Get("/integrations", ListIntegrations.Needs, ListAsync);
        routes.Post("/integrations", ChangeIntegrations.Needs,
            call => call.WithObjectAsync(body => CreateAsync(call, new BodyReader(body))));
        routes.Put("/integrations", ChangeIntegrations.Needs,
            call => call.WithObjectAsync(body => ChangeAsync(call, new BodyReader(body))));
        routes.Delete("/integrations", ChangeIntegrations.Needs, DeleteAsync);
    }

    private Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var workflow = new QueryReader(call.Http.Request.Query).Text("workflow_id");
        Guid? id = workflow is null ? null : ShownId.TryRead(workflow, out var read) ? read : Guid.Empty;
        return call.ReadAsync(list.RunAsync(call.Caller, id, call.Aborted), DocumentsAnswers.Integrations);
    }

    private async Task<ApiAnswer> CreateAsync(ApiCall call, BodyReader body)
    {
        foreach (var needed in new[] { "name", "integration_type", "config" })
            if (!body.Has(needed)) body.Missing(needed);
        var wish = Wish(body);
        return body.Refusal is { } refusal
            ? DocumentsProblems.Of(refusal with { Message = "The integration cannot be stored as it is." })
            : await call.DoAsync<IntegrationFacts>(
                keep => change.CreateAsync(call.Caller, wish, keep, call.Aborted), DocumentsAnswers.Integrated);
    }

    private async Task<ApiAnswer> ChangeAsync(ApiCall call, BodyReader body)
    {
        if (IdOf(call, out var id) is { } missing) return DocumentsProblems.Of(missing);
        var wish = Wish(body);
        return body.Refusal is { } refusal
            ? DocumentsProblems.Of(refusal with { Message = "The integration cannot be stored as it is." })
            : await call.ReadAsync(change.UpdateAsync(call.Caller, id, wish, call.Aborted), DocumentsAnswers.Integration);
    }

    private async Task<ApiAnswer> DeleteAsync(ApiCall call)
    {
        if (IdOf(call, out var id) is { } missing) return DocumentsProblems.Of(missing);
        var done = await change.RemoveAsync(call.Caller, id, call.Aborted);
        return done.Problem is { } problem ? DocumentsProblems.Of(problem) : ApiAnswer.Nothing;
    }

    private static ApiProblem? IdOf(ApiCall call, out Guid id)
    {
        id = default;
        var query = new QueryReader(call.Http.Request.Query);
        if (query.Text("id") is not { } text)
        {
            query.Wrong("id", "Name the integration in the address: ?id=….");
            return query.Refusal;
        }

        ShownId.TryRead(text, out id);
        return null;
    }

    private static IntegrationWish Wish(BodyReader body)
    {
        Guid? workflow = null;
        if (body.Text("workflow_id") is { } text) workflow = ShownId.TryRead(text, out var id) ? id : Guid.Empty;
        var config = body.Object("config") is { ValueKind: JsonValueKind.Object } given
            ? JsonNode.Parse(given.GetRawText())!.AsObject() : null;
        return new IntegrationWish(body.Text("name"), body.Text("integration_type"), workflow, config);
    }
}
