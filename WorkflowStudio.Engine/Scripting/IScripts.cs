using System.Text.Json;
using WorkflowStudio.Engine.Connectors;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Scripting;

/// <summary>Runs the scripts that people write into their workflows, where they can harm nobody else (docs/adr/0012).</summary>
public interface IScripts
{
    /// <summary>
    /// Runs a script and answers what it returns; undefined is null. Time in line does not count as its time. Whatever it does, an answer
    /// comes, or the cancellation.
    /// </summary>
    /// <param name="tenant">For whom: a workspace has to allow scripts, and has its share of the places.</param>
    /// <param name="source">JavaScript, the body of a function of <c>input</c>; at most <see cref="ScriptLimits.LongestSource"/>
    /// characters.</param>
    /// <param name="input">What it is given.</param>
    /// <param name="time">How long it may take, at most <see cref="ScriptLimits.LongestTime"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<ScriptRun> RunAsync(Tenant tenant, string source, JsonElement input, TimeSpan time, CancellationToken cancellationToken);
}

/// <summary>What came of a script.</summary>
/// <param name="Value">What it returned, or why it returned nothing.</param>
/// <param name="Lines">What it wrote to the console, as far as that is kept.</param>
public sealed record ScriptRun(Answer<JsonElement> Value, IReadOnlyList<string> Lines);

/// <summary>Knows which workspaces allow scripts.</summary>
public interface IScriptPermits
{
    /// <summary>Whether a workspace does; one that is gone does not.</summary>
    Task<bool> AllowsAsync(Guid workspaceId, CancellationToken cancellationToken);
}
