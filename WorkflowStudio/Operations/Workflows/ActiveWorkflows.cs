using System.Collections.Concurrent;
using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes.Triggers;
using WorkflowStudio.Engine.Runtime.Plans;
using WorkflowStudio.Engine.Runtime.Shards;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;

namespace WorkflowStudio.Operations.Workflows;

/// <summary>
/// What a webhook has to know of its workflow, kept in memory so that a post costs no query. Every operation that changes a workflow makes
/// it forget it after its commit.
/// </summary>
internal sealed class ActiveWorkflows
{
    private const int Most = 10_000;

    private readonly WorkflowStore store;
    private readonly NodeNews news;
    private readonly ConcurrentDictionary<Guid, ActiveWorkflow> known = new();
    private long changes;

    public ActiveWorkflows(WorkflowStore store, NodeNews news)
    {
        (this.store, this.news) = (store, news);
        news.Changed += (kind, id) =>
        {
            if (kind == NodeNews.Workflow) Drop(id);
        };
        news.Missed += DropAll;
    }

    /// <summary>The workflow, whoever it belongs to; null when there is none or it is deleted.</summary>
    public ValueTask<ActiveWorkflow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        known.TryGetValue(id, out var workflow)
            ? new ValueTask<ActiveWorkflow?>(workflow)
            : new ValueTask<ActiveWorkflow?>(LoadAsync(id, cancellationToken));

    /// <summary>
    /// The workflow of this tenant. Another tenant's takes the way of one that does not exist, so that time tells nothing either.
    /// </summary>
    public async ValueTask<ActiveWorkflow?> FindAsync(Tenant tenant, Guid id, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(id, out var workflow) && workflow.Tenant == tenant) return workflow;
        return await store.FindAsync(tenant, id, cancellationToken) is null ? null : await FindAsync(id, cancellationToken);
    }

    /// <summary>To be called after a change is durable: every node forgets it.</summary>
    public void Forget(Guid id) => news.TellChanged(NodeNews.Workflow, id);

    private void Drop(Guid id)
    {
        Interlocked.Increment(ref changes);
        known.TryRemove(id, out _);
    }

    private void DropAll()
    {
        Interlocked.Increment(ref changes);
        known.Clear();
    }

    private async Task<ActiveWorkflow?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var before = Interlocked.Read(ref changes);
        if (await store.FindAnyAsync(id, cancellationToken) is not { } found) return null;
        var workflow = ActiveWorkflow.Of(found.Workflow, found.Active);
        if (known.Count >= Most) known.Clear();
        // what was read before a change must not be kept after it
        known[id] = workflow;
        if (Interlocked.Read(ref changes) != before) known.TryRemove(id, out _);
        return workflow;
    }
}

/// <summary>A workflow as its webhook sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Status">Whether it reacts.</param>
/// <param name="Serial">The version to run; null before the first.</param>
/// <param name="TakesWebhooks">Whether its trigger is a webhook.</param>
/// <param name="Origins">The web pages that may post to it; <c>*</c> for all.</param>
/// <param name="Rule">Which events start a run.</param>
internal sealed record ActiveWorkflow(
    Guid Id, Tenant Tenant, WorkflowStatus Status, long? Serial, bool TakesWebhooks, IReadOnlyList<string> Origins, StartRule Rule)
{
    /// <summary>The dialect that made it, or where else it comes from.</summary>
    public string Origin { get; private init; } = "";

    /// <summary>How its webhook is to be answered.</summary>
    public WebhookRules Webhook { get; private init; } = WebhookRules.None;

    /// <summary>Whether a browser may post from a page of this origin.</summary>
    public bool Allows(string origin) => Origins.Contains("*") || Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    public static ActiveWorkflow Of(WorkflowRow row, WorkflowVersionRow? version)
    {
        var tenant = new Tenant(row.WorkspaceId, row.Environment);
        if (version is null)
            return new ActiveWorkflow(row.Id, tenant, row.Status, null, row.TriggerType == "webhook", [], StartRule.Always)
            { Origin = row.Origin };
        var trigger = StoredDefinitions.Definition(version.Definition).Trigger;
        return new ActiveWorkflow(row.Id, tenant, row.Status, version.Serial, trigger.Type == "webhook", OriginsOf(trigger.Config),
            StartRule.Of(trigger.Constraints))
        { Origin = row.Origin, Webhook = trigger.Type == "webhook" ? WebhookRules.Of(trigger.Config) : WebhookRules.None };
    }

    private static IReadOnlyList<string> OriginsOf(JsonElement config) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty("cors_allowed_origins", out var list)
            && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(o => o.ValueKind == JsonValueKind.String).Select(o => o.GetString()!.TrimEnd('/'))]
            : [];
}
