using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Api.Routes;
using WorkflowStudio.Operations.Webhooks;

namespace WorkflowStudio.Api.Dialects.Documents;

/// <summary>
/// What this dialect has beside its workflows, below <c>/api</c>: webhooks, the two addresses with which n8n makes and removes one, and
/// whether the studio is there.
/// </summary>
internal sealed class DocumentsWebhooks(EndpointRoutes endpoints, RemoveEndpoint remove) : IDialectEndpoints
{
    private static readonly ApiAnswer Healthy = DocumentsForm.Instance.One(w => w.WriteString("status", "ok"));

    public IDialect Dialect => DocumentsDialect.Instance;

    public string Prefix => "/api";

    public void Map(DialectRoutes routes)
    {
        endpoints.Map(routes, "/webhooks", _ => DocumentsForm.Instance);
        routes.Post("/n8n/hooks", CreateEndpoint.Needs, call => call.WithObjectAsync(body => HookAsync(call, new BodyReader(body))));
        routes.Delete("/n8n/hooks/{id}", RemoveEndpoint.Needs, call => endpoints.WithAsync(call, DocumentsForm.Instance, found =>
            call.ReadAsync(remove.RunAsync(call.Caller, found.Id, call.Aborted), _ => ApiAnswer.Nothing)));
        routes.Open("/health", () => Healthy);
    }

    // the same in other words: hookUrl and one event
    private Task<ApiAnswer> HookAsync(ApiCall call, BodyReader body)
    {
        var (address, name) = (body.NeededText("hookUrl"), body.NeededText("event"));
        if (body.Refusal is { } refusal) return Task.FromResult(call.Dialect.Refuse(refusal));
        var wish = new JsonObject { ["url"] = address, ["events"] = new JsonArray(name), ["description"] = "n8n" };
        return endpoints.CreateAsync(call, DocumentsForm.Instance, new BodyReader(JsonElement.Parse(wish.ToJsonString())),
            "/api/webhooks");
    }
}
