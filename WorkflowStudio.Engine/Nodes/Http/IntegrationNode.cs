using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Connectors.Http;
using WorkflowStudio.Engine.Expressions;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Effects;
using WorkflowStudio.Engine.Nodes.Words;
using WorkflowStudio.Engine.Practice.Messages;

namespace WorkflowStudio.Engine.Nodes.Http;

/// <summary>Sends a text through a stored integration: to a channel of Slack, by e-mail, or to an address.</summary>
[Step("integration", "Integration", NodeGroup.Http, "hub", HasOutsideEffect = true, SendsMessage = true,
    Does = "Sends a text through one of the integrations of the workspace: to a channel of Slack, by e-mail, or as JSON to an address, "
        + "with the Idempotency-Key of the step. Integrations are made by the API of documents; their addresses and headers stay secret.",
    Example = """{"integration_id":"01975a3c-8e40-7000-8000-000000000001","template":"Invoice processed: {{ $initialPayload.number }}"}""")]
public sealed class IntegrationNode(IIntegrations integrations, IHttpCalls calls, IMessenger messenger)
    : NodeType<IntegrationSettings, IntegrationOutput>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly string[] Methods = ["POST", "PUT", "PATCH"];

    /// <inheritdoc/>
    public override string? Summary(JsonElement config) =>
        ReadOrNull(config) is { Template.Length: > 0 } settings ? Card.Fit(settings.Template) : null;

    /// <inheritdoc/>
    public override async ValueTask<NodeOutcome> ExecuteAsync(
        IntegrationSettings settings, NodeInput input, CancellationToken cancellationToken)
    {
        var all = await integrations.OfWorkflowAsync(input.Run.Tenant, input.Run.WorkflowId, cancellationToken);
        if (!Chosen(all, settings.IntegrationId.Trim(), input).Has(out var integration, out var problem)) return problem.AsFailure();
        if (integration.Config.ValueKind != JsonValueKind.Object)
            return new NodeOutcome.Failed("integration_unreadable", $"The settings of the integration {integration.Name} cannot be "
                + "read any more: they were encrypted with other keys. Enter them again: PUT /api/workflows/integrations?id=….");
        if (Words(integration, settings, input, out var words) is { } unresolved) return unresolved;
        if (words["template"].Length == 0)
            return SettingsFailure.Wrong("template", "There is no text to send. Write one, or give the integration a template.");
        return integration.Kind == "email"
            ? await MailAsync(integration, words, input, cancellationToken)
            : await PostAsync(integration, words["template"], settings.Data, input, cancellationToken);
    }

    // without a name the only one, as a workflow that was made from a template has it
    private static Answer<Integration> Chosen(IReadOnlyList<Integration> all, string id, NodeInput input)
    {
        if (id.Length > 0)
            return ShownId.TryRead(id, out var known) && all.FirstOrDefault(i => i.Id == known) is { } named ? named : Missing(
                $"There is no integration {ShownText.Cut(id, 60)} that this workflow may use in the "
                + $"{(input.Run.Tenant.Environment == StudioEnvironment.Test ? "test" : "live")} environment.");
        var own = all.Where(i => i.WorkflowId is not null).ToList();
        return own.Count == 1 ? own[0] : Missing(own.Count == 0
            ? "The step names no integration, and the workflow has none."
            : $"The step names no integration, and there are {own.Count} that it could mean.");

        static ConnectorProblem Missing(string why) => new(WorkflowProblemCodes.NoIntegration,
            why + " Choose one in the step, or make it: POST /api/workflows/integrations. (Setting: integration_id)");
    }

    // the words of the integration may name fields of the run, as those of the step do
    private NodeOutcome.Failed? Words(
        Integration integration, IntegrationSettings settings, NodeInput input, out Dictionary<string, string> words)
    {
        words = new(StringComparer.Ordinal);
        var own = new JsonObject();
        foreach (var name in (string[])["to", "subject", "template"]) own[name] = integration.Text(name);
        if (settings.Template.Trim().Length > 0) own.Remove("template");
        var element = JsonSerializer.SerializeToElement(own);
        if (input.Scope is { } scope)
        {
            var resolved = SettingsTemplate.Compile(element).Resolve(scope);
            if (!resolved.Succeeded) return SettingsFailure.Of(this, resolved.Problems);
            element = resolved.Value;
        }

        foreach (var one in element.EnumerateObject()) words[one.Name] = one.Value.ToString();
        words.TryAdd("template", settings.Template);
        return null;
    }

    private async Task<NodeOutcome> MailAsync(
        Integration integration, Dictionary<string, string> words, NodeInput input, CancellationToken cancellationToken)
    {
        var subject = words["subject"].ReplaceLineEndings(" ").Trim();
        var mail = new OutgoingMessage(MessageChannel.Email, words["to"], "", subject.Length > 0 ? subject : input.Run.WorkflowName,
            words["template"]);
        if (!(await messenger.SendAsync(input.Run.Tenant, mail, input.Source(), cancellationToken)).Has(out var sent, out var problem))
            return problem.AsFailure();
        var isCaptured = sent.Status == MessageStatus.Captured;
        input.Log(NodeLogLevel.Info, isCaptured ? $"The e-mail of {integration.Name} is in the outbox; nobody was written to."
            : $"{integration.Name}: e-mail to {sent.To}");
        return Complete(Report(integration) with { MessageId = sent.Id, Captured = isCaptured });
    }

    private async Task<NodeOutcome> PostAsync(
        Integration integration, string text, JsonElement data, NodeInput input, CancellationToken cancellationToken)
    {
        var isSlack = integration.Kind == "slack";
        if (HttpAddress.Of(integration.Text(isSlack ? "webhook_url" : "url"), "", null) is not { } url)
            return new NodeOutcome.Failed("integration_unusable", $"The address of the integration {integration.Name} is none that can be "
                + "called. Correct it: PUT /api/workflows/integrations?id=….");
        var method = isSlack || integration.Text("method") is not { Length: > 0 } given ? "POST" : given.ToUpperInvariant();
        if (!Methods.Contains(method))
            return new NodeOutcome.Failed("integration_unusable", $"The integration {integration.Name} sends by {method}, and a text goes "
                + $"by {string.Join(", ", Methods)}. Correct it: PUT /api/workflows/integrations?id=….");
        var body = new JsonObject { ["text"] = text };
        if (isSlack && integration.Text("channel") is { Length: > 0 } channel) body["channel"] = channel;
        if (!isSlack && data.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            body["data"] = JsonNode.Parse(data.GetRawText());
        var call = new HttpCall(method, url, Headers(integration, isSlack, input),
            body.ToJsonString(NodeJson.Options), "application/json", Timeout)
        { StaysOnHost = true, HidesPath = true };
        if (!(await calls.CallAsync(input.Run.Tenant, call, input.Source(), cancellationToken)).Has(out var reply, out var failed))
            return failed.AsFailure();
        input.Log(NodeLogLevel.Info, reply.Captured ? $"What {integration.Name} sends is in the outbox; nobody was called."
            : $"{integration.Name}: {call} answered {reply.Status}");
        return reply.Captured ? Complete(Report(integration) with { Captured = true })
            : reply.Status is >= 200 and < 300 ? Complete(Report(integration) with { Status = reply.Status })
            : HttpRefusal.Of(call, reply, "Correct the integration: PUT /api/workflows/integrations?id=….");
    }

    private static Dictionary<string, string> Headers(Integration integration, bool isSlack, NodeInput input)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!isSlack && integration.Config.TryGetProperty("headers", out var own) && own.ValueKind == JsonValueKind.Object)
            foreach (var header in own.EnumerateObject().Where(h => h.Value.ValueKind == JsonValueKind.String))
            {
                headers[header.Name] = header.Value.GetString()!;
                input.Conceal(headers[header.Name]);
            }

        headers.TryAdd("Idempotency-Key", input.EffectKey);
        return headers;
    }

    private static IntegrationOutput Report(Integration integration) =>
        new() { IntegrationId = integration.Id, Name = integration.Name, Kind = integration.Kind };
}

/// <summary>The settings of <see cref="IntegrationNode"/>.</summary>
public sealed record IntegrationSettings
{
    /// <summary>The integration.</summary>
    [Setting("Integration", Description = "Its id. Left empty: the only one that was made for this workflow.", Max = 100,
        Names = WorkflowSurroundings.Integration)]
    public string IntegrationId { get; init; } = "";

    /// <summary>The text.</summary>
    [Setting("Text", Description = "What is sent, with expressions such as {{ invoice_number }}. Left empty: the template of the "
        + "integration.",
        Max = OutgoingMessage.MaxEmail, Editor = FieldEditor.Message)]
    public string Template { get; init; } = "";

    /// <summary>What goes beside the text.</summary>
    [Setting("Data", Description = "A value that goes to an address beside the text, as data.", Advanced = true)]
    public JsonElement Data { get; init; }
}

/// <summary>The output of <see cref="IntegrationNode"/>.</summary>
public sealed record IntegrationOutput
{
    [Setting("Integration", Description = "Its id.")]
    public required Guid IntegrationId { get; init; }

    [Setting("Name", Description = "What people call it.")]
    public required string Name { get; init; }

    [Setting("Kind", Choices = ["slack", "email", "webhook"])]
    public required string Kind { get; init; }

    [Setting("Status", Description = "The status of the answer; nothing for an e-mail, and in the sandbox.")]
    public int? Status { get; init; }

    [Setting("Message", Description = "The id of the e-mail in the outbox.")]
    public Guid? MessageId { get; init; }

    [Setting("Captured", Description = "Whether it stayed in the outbox and went to nobody.")]
    public bool Captured { get; init; }
}
