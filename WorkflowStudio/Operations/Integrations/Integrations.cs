using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Runtime.Answers;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Integrations;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;
using WorkflowStudio.Operations.Workflows;

namespace WorkflowStudio.Operations.Integrations;

/// <summary>Lists where the results of workflows go. Secrets are masked.</summary>
internal sealed class ListIntegrations(IntegrationStore store, WorkflowAccess access, ISecretProtector protector)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ViewWorkflows;

    /// <summary>Those of a workflow, or all.</summary>
    public async Task<Result<IReadOnlyList<IntegrationFacts>>> RunAsync(
        Caller caller, Guid? workflowId, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var rows = await store.ListAsync(caller.Tenant, workflowId, cancellationToken);
        var named = rows.Select(r => r.WorkflowId).OfType<Guid>().Distinct().ToList();
        var seen = await access.SeenAmongAsync(caller, named, cancellationToken);
        // one that was made for a workflow is seen where the workflow is
        IntegrationFacts[] all =
        [
            .. rows.Where(r => r.WorkflowId is not { } workflow || seen.Contains(workflow)).Select(r => IntegrationFacts.Of(r, protector)),
        ];
        return all;
    }
}

/// <summary>Makes, changes and removes where the results of workflows go. Secrets are stored encrypted.</summary>
internal sealed class ChangeIntegrations(IStudioWriter writer, ISecretProtector protector, IdFactory ids, TimeProvider clock)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageWorkflows;

    private const string CannotBeStored = "The integration cannot be stored as it is.";

    /// <summary>Makes one.</summary>
    public async Task<Result<IntegrationFacts>> CreateAsync(Caller caller, IntegrationWish wish,
        Func<IntegrationFacts, KeptAnswer?>? answer = null, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        var (name, kind, config) = (wish.Name ?? "", wish.Kind ?? "", wish.Config ?? []);
        var now = clock.GetUtcNow();
        var row = new IntegrationRow
        {
            Id = ids.New(), WorkspaceId = caller.Tenant.WorkspaceId, Environment = caller.Tenant.Environment, WorkflowId = wish.WorkflowId,
            Name = name.Trim(), Kind = kind, ProtectedConfig = protector.Protect(config.ToJsonString()), CreatedAt = now, UpdatedAt = now,
        };
        return await writer.WriteAsync<Result<IntegrationFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (Check(write, caller, row, config) is { } problem) return problem;
                IntegrationStore.Add(write, row);
                var made = IntegrationFacts.Of(row, protector);
                write.Record(answer?.Invoke(made));
                return made;
            },
            cancellationToken);
    }

    /// <summary>Changes what is given.</summary>
    public async Task<Result<IntegrationFacts>> UpdateAsync(
        Caller caller, Guid id, IntegrationWish wish, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<IntegrationFacts>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (!TryFind(write, caller, id, out var row, out var refusal)) return refusal;
                var changed = new IntegrationRow
                {
                    Name = wish.Name?.Trim() ?? row.Name, Kind = wish.Kind ?? row.Kind, WorkflowId = wish.WorkflowId ?? row.WorkflowId,
                    ProtectedConfig = row.ProtectedConfig,
                };
                var config = IntegrationConfig.Merged(IntegrationFacts.ConfigOf(row, protector), wish.Config ?? []);
                if (Check(write, caller, changed, config) is { } problem) return problem;
                (row.Name, row.Kind, row.WorkflowId) = (changed.Name, changed.Kind, changed.WorkflowId);
                (row.ProtectedConfig, row.UpdatedAt) = (protector.Protect(config.ToJsonString()), clock.GetUtcNow());
                return IntegrationFacts.Of(row, protector);
            },
            cancellationToken);
    }

    /// <summary>Removes one with its secrets.</summary>
    public async Task<Result<Guid>> RemoveAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        return await writer.WriteAsync<Result<Guid>>(
            caller.Tenant.WorkspaceId,
            write =>
            {
                if (!TryFind(write, caller, id, out var row, out var refusal)) return refusal;
                IntegrationStore.Remove(write, row);
                return id;
            },
            cancellationToken);
    }

    // one that was made for a workflow is changed by whoever may change that one
    private static bool TryFind(StudioWrite write, Caller caller, Guid id, [NotNullWhen(true)] out IntegrationRow? row,
        [NotNullWhen(false)] out OperationProblem? refused)
    {
        row = IntegrationStore.Find(write, caller.Tenant, id);
        refused = row is null ? new OperationProblem.NotFound("integration") : null;
        if (row?.WorkflowId is { } workflow && !write.TryWorkflow(caller, workflow, Needs, out _, out var denied))
            refused = denied is OperationProblem.NotFound ? new OperationProblem.NotFound("integration") : denied;
        return refused is null;
    }

    private static OperationProblem.Invalid? Check(StudioWrite write, Caller caller, IntegrationRow row, JsonObject config)
    {
        var problems = WorkflowText.Problems(row.Name, null).Select(p => p with
        { Message = p.Message.Replace("The workflow has no name", "The integration has no name", StringComparison.Ordinal) }).ToList();
        problems.AddRange(IntegrationConfig.Problems(row.Kind, config));
        if (row.WorkflowId is { } workflow && !write.TryWorkflow(caller, workflow, Needs, out _, out _))
            problems.Add(WorkflowProblem.Error(
                WorkflowProblemCodes.WrongField, "workflow_id", null, "There is no workflow with this id. Name one, or leave it out."));
        return problems.Count > 0 ? new OperationProblem.Invalid(CannotBeStored, problems) : null;
    }
}

/// <summary>What an integration should be; what is null stays.</summary>
internal sealed record IntegrationWish(string? Name, string? Kind, Guid? WorkflowId, JsonObject? Config);

/// <summary>An integration, its secrets masked.</summary>
/// <param name="Id">Its id.</param>
/// <param name="WorkflowId">The workflow that it was made for; null for any.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Kind"><c>slack</c>, <c>email</c> or <c>webhook</c>.</param>
/// <param name="Config">Its settings.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record IntegrationFacts(
    Guid Id, Guid? WorkflowId, string Name, string Kind, JsonElement Config, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static IntegrationFacts Of(IntegrationRow row, ISecretProtector protector) => new(
        row.Id, row.WorkflowId, row.Name, row.Kind,
        JsonSerializer.SerializeToElement(IntegrationConfig.Shown(ConfigOf(row, protector))), row.CreatedAt, row.UpdatedAt);

    // what another key ring encrypted cannot be read any more: then there are no settings
    internal static JsonObject ConfigOf(IntegrationRow row, ISecretProtector protector) =>
        protector.Unprotect(row.ProtectedConfig) is { } text ? JsonNode.Parse(text)!.AsObject() : [];
}
