using System.Text.Json;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Storage.Rows;

namespace WorkflowStudio.Operations.Connections;

/// <summary>A connection without its secret.</summary>
/// <param name="Environment">Which side of the workspace it serves.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Settings">Address, model and the like; an object of texts.</param>
/// <param name="HasSecret">Whether it has one.</param>
/// <param name="SetAt">When it was set last.</param>
public sealed record ConnectionFacts(
    StudioEnvironment Environment, string Kind, string Name, JsonElement Settings, bool HasSecret, DateTimeOffset SetAt)
{
    /// <summary>Why what it is for does not work at present; empty while it does, and where nobody has tried.</summary>
    public string Trouble { get; init; } = "";

    internal static ConnectionFacts Of(ConnectionRow row) => new(
        row.Environment, row.Kind, row.Name, JsonElement.Parse(row.Settings), row.ProtectedSecret is not null, row.CreatedAt);
}

/// <summary>What becomes of the secret when a connection is set.</summary>
public enum SecretChange
{
    /// <summary>The one that is given takes the place of the one that is there, also when none is given.</summary>
    Replace,

    /// <summary>What is not given stays, unless the connection leads elsewhere now.</summary>
    Keep,

    /// <summary>The one that is there counts beside the one that is given, until it is set again.</summary>
    Add,
}
