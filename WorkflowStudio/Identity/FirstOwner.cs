using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Identity;

/// <summary>Makes the first workspace and its owner, for whoever has the set-up link.</summary>
internal sealed class FirstOwner(
    SetupLink link, Users users, WorkspaceStore workspaces, IStudioWriter writer, IdFactory ids, TimeProvider clock)
{
    /// <summary>Answers null, or why not: one of <see cref="AccountProblems"/>.</summary>
    public async Task<string?> CreateAsync(string? token, string practice, NewUser owner, CancellationToken cancellationToken)
    {
        if (!link.TryTake(token)) return AccountProblems.Link;
        string? problem = AccountProblems.NotMade;
        try
        {
            return problem = await MakeAsync(practice, owner, cancellationToken);
        }
        finally
        {
            if (problem is not null) link.Return();
        }
    }

    private async Task<string?> MakeAsync(string practice, NewUser owner, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(practice)) return AccountProblems.Practice;
        if (string.IsNullOrEmpty(owner.Password)) return AccountProblems.Password;
        // each node has a link of its own
        if (!await users.NoneAsync(cancellationToken)) return AccountProblems.Owner;
        var workspace = await workspaces.FindAsync(WorkspaceNames.Slug(practice), cancellationToken)
            ?? await AddAsync(practice, cancellationToken);
        return (await users.CreateAsync(owner, workspace.Id, WorkspaceRole.Owner, cancellationToken)).Code;
    }

    private async Task<WorkspaceRow> AddAsync(string practice, CancellationToken cancellationToken)
    {
        var row = WorkspaceNames.New(ids.New(), practice, clock.GetUtcNow());
        await writer.WriteAsync(write => { PracticeSetup.Add(write, row, ids); return 0; }, cancellationToken);
        return row;
    }
}

/// <summary>The rules for the names of workspaces.</summary>
internal static class WorkspaceNames
{
    /// <summary>A workspace in the zone of the server.</summary>
    public static WorkspaceRow New(Guid id, string name, DateTimeOffset now) =>
        new()
        {
            Id = id, Slug = Slug(name), Name = name.Trim(), TimeZone = TimeZones.NameOfServer(), CaptureUntilConnected = false,
            CreatedAt = now,
        };

    /// <summary>The name in addresses and on the command line.</summary>
    public static string Slug(string name) =>
        Operations.Workflows.WorkflowText.Slug(name) is var slug && slug == "workflow" ? "practice" : slug;
}
