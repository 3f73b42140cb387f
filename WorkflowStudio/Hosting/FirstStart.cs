using WorkflowStudio.Hosting.Demo;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Hosting;

/// <summary>
/// An installation without an account: in Development it gets the demo workspace and its owner; otherwise a one-time link that makes the
/// first owner.
/// </summary>
internal sealed class FirstStart(StudioOptions options, IHostEnvironment environment, Users users, DemoSeed demo, SetupLink link, ILogger<FirstStart> log)
{
    private string? token;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await users.NoneAsync(cancellationToken)) return;
        if (!options.Demo) token = environment.IsDevelopment() ? null : link.Open();
        else if (await demo.EnsureAsync(cancellationToken) is { } problem) log.LogWarning("The demo was not made: {Problem}", problem);
    }

    /// <summary>Prints the set-up link, once the address is known.</summary>
    public void Announce(ICollection<string> urls)
    {
        if (token is null) return;
        log.LogWarning("No account yet. Make the first owner within the next hour: {Link}", $"{urls.First().TrimEnd('/')}{IdentitySetup.SetupPath}?token={token}");
    }
}
