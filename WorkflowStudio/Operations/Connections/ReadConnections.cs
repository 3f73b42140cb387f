using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Nodes;
using WorkflowStudio.Engine.Practice.Messages.Mailboxes;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Workflows;
using WorkflowStudio.Operations.Access;

namespace WorkflowStudio.Operations.Connections;

/// <summary>Tells of the connections of a workspace, and what uses them.</summary>
internal sealed class ReadConnections(
    WorkspaceStore store, ConnectionCatalog kinds, WorkflowStore workflows, WorkflowAccess access, NodeCatalog types,
    MailboxTroubles mailboxes)
{
    /// <summary>What the caller needs.</summary>
    public const Permission Needs = Permission.ManageConnections;

    /// <summary>How many workflows are told of a connection.</summary>
    public const int MostUses = 100;

    /// <summary>The kinds that can be connected.</summary>
    public IReadOnlyList<ConnectionKind> Kinds => kinds.All;

    /// <summary>The connections of both environments, the live ones first.</summary>
    public async Task<Result<IReadOnlyList<ConnectionFacts>>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        ConnectionFacts[] all =
            [.. (await store.ConnectionsAsync(caller.Tenant.WorkspaceId, cancellationToken)).Select(ConnectionFacts.Of)];
        for (var i = 0; i < all.Length; i++)
            if (all[i].Kind == ConnectionKinds.Imap)
                all[i] = all[i] with
                {
                    Trouble = await mailboxes.OfAsync(caller.Tenant with { Environment = all[i].Environment }, cancellationToken),
                };
        return all;
    }

    /// <summary>
    /// The workflows that the caller sees and whose active version or draft uses a connection of the caller's environment, by name.
    /// </summary>
    public async Task<Result<IReadOnlyList<WorkflowName>>> UsesAsync(
        Caller caller, string kind, string name, CancellationToken cancellationToken = default)
    {
        if (caller.Refuse(Needs) is { } refused) return refused;
        if (kinds.Find(kind) is not { } known) return new OperationProblem.NotFound("connection");
        // as they stand in what is stored
        string[] texts = known.IsNamed
            ? [JsonSerializer.Serialize(name, StoredJson).Trim('"')]
            : [.. known.StepTypes.Select(t => $"\"{t}\"")];
        if (texts.Length == 0) return Array.Empty<WorkflowName>();
        var found = await workflows.HoldingAsync(await access.SeenAsync(caller, cancellationToken), texts, MostUses, cancellationToken);
        WorkflowName[] users =
            [.. found.Where(w => Array.Exists([w.Active, w.Draft], d => d is not null && Uses(d, known, name))).Select(w => w.Name)];
        return users;
    }

    private static JsonSerializerOptions StoredJson { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool Uses(string text, ConnectionKind kind, string name)
    {
        var definition = StoredDefinitions.Definition(text);
        return kind.IsNamed
            ? types.ConnectionsOf(definition).Any(c => c.Kind == kind.Name && c.Name == name)
            : definition.Nodes.Any(n => kind.StepTypes.Contains(n.Type));
    }
}
