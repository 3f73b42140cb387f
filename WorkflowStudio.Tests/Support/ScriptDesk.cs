using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Scripting;

namespace WorkflowStudio.Tests.Support;

/// <summary>Scripts as the app runs them, in processes of their own, for workspaces that all allow them.</summary>
public sealed class ScriptDesk : IDisposable, IScriptPermits
{
    private readonly ProcessScripts scripts;

    public ScriptDesk() => scripts = new ProcessScripts(Options, this, NullLogger<ProcessScripts>.Instance);

    /// <summary>The app that runs the tests starts itself.</summary>
    public static ScriptOptions Options { get; } = ScriptOptions.Of(Path.Combine(AppContext.BaseDirectory, "WorkflowStudio.dll"));

    public static Tenant Tenant { get; } = new(Guid.Parse("0190a000-0000-7000-8000-000000000001"), StudioEnvironment.Live);

    public IScripts Scripts => scripts;

    public bool Allows { get; set; } = true;

    public Task<bool> AllowsAsync(Guid workspaceId, CancellationToken cancellationToken) => Task.FromResult(Allows);

    public Task<ScriptRun> RunAsync(string source, string input = "null", double seconds = 5, Tenant? tenant = null,
        CancellationToken cancellationToken = default) =>
        scripts.RunAsync(tenant ?? Tenant, source, JsonElement.Parse(input), TimeSpan.FromSeconds(seconds), cancellationToken);

    /// <summary>What a script returned, as JSON.</summary>
    public async Task<string> ValueAsync(string source, string input = "null")
    {
        var run = await RunAsync(source, input);
        Assert.True(run.Value.Has(out var value, out var problem), problem?.Message);
        return value.GetRawText();
    }

    /// <summary>Why a script failed.</summary>
    public async Task<ConnectorProblem> ProblemAsync(string source, double seconds = 5)
    {
        var run = await RunAsync(source, seconds: seconds);
        Assert.False(run.Value.Has(out var value, out var problem), value.ValueKind == JsonValueKind.Undefined ? "" : value.GetRawText());
        return problem;
    }

    public void Dispose() => scripts.Dispose();
}
