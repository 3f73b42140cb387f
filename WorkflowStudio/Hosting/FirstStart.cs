using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage;
using WorkflowStudio.Engine.Storage.Rows;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Hosting;

/// <summary>
/// An installation without an account: in Development it gets the demo workspace and its owner; otherwise a one-time link that makes the
/// first owner.
/// </summary>
internal sealed class FirstStart(
    StudioOptions options, IHostEnvironment environment, Users users, WorkspaceStore workspaces, IStudioWriter writer, IdFactory ids, TimeProvider clock,
    SetupLink link, ILogger<FirstStart> log)
{
    private string? token;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await users.NoneAsync(cancellationToken)) return;
        if (options.Demo) await SeedAsync(cancellationToken);
        else if (!environment.IsDevelopment()) token = link.Open();
    }

    /// <summary>Makes the demo workspace and its owner, where they are missing.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var workspace = await workspaces.FindAsync("demo", cancellationToken);
        if (workspace is null)
        {
            workspace = new WorkspaceRow { Id = ids.New(), Slug = "demo", Name = "Demo practice", TimeZone = "America/Chicago", CaptureUntilConnected = true, CreatedAt = clock.GetUtcNow() };
            await writer.WriteAsync(write => { WorkspaceStore.Add(write, workspace); return 0; }, cancellationToken);
        }

        var problem = await users.CreateAsync(new NewUser("Dana Whitfield", SignInEndpoints.DemoOwner, null), workspace.Id, WorkspaceRole.Owner, cancellationToken);
        if (problem is not null) log.LogWarning("The demo owner was not made: {Problem}", problem);
    }

    /// <summary>Prints the set-up link, once the address is known.</summary>
    public void Announce(ICollection<string> urls)
    {
        if (token is null) return;
        log.LogWarning("No account yet. Make the first owner within the next hour: {Link}", $"{urls.First().TrimEnd('/')}/setup?token={token}");
    }
}
