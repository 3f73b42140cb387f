using WorkflowStudio.Hosting.Demo;
using WorkflowStudio.Identity;

namespace WorkflowStudio.Hosting;

/// <summary>
/// An installation without an account: in Development it gets the demo workspace and its owner; otherwise a one-time link that makes the
/// first owner.
/// </summary>
internal sealed class FirstStart(
    StudioOptions options, IHostEnvironment environment, Users users, DemoSeed demo, SetupLink link, ILogger<FirstStart> log)
{
    private string? token;
    private bool hasDemo;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await users.NoneAsync(cancellationToken)) return;
        if (!options.Demo) token = environment.IsDevelopment() ? null : link.Open();
        else await MakeDemoAsync(cancellationToken);
    }

    /// <summary>Says where to begin, once the address is known.</summary>
    public void Announce(ICollection<string> urls)
    {
        var address = urls.FirstOrDefault(options.Address).TrimEnd('/');
        if (token is not null)
            log.LogWarning(
                "No account yet. Make the first owner within the next hour: {Link}", $"{address}{IdentitySetup.SetupPath}?token={token}");
        else if (hasDemo) log.LogInformation("Ready. Open {Address} and choose \"Sign in as the demo owner\"", address);
    }

    private async Task MakeDemoAsync(CancellationToken cancellationToken)
    {
        log.LogInformation("Demo: a practice that has lived for two weeks is being made (--no-demo leaves it out)");
        if (await demo.EnsureAsync(line => log.LogInformation("{Progress}", line), cancellationToken) is { } problem)
            log.LogWarning("The demo was not made: {Problem}", problem);
        else hasDemo = true;
    }
}
