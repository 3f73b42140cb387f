using System.Globalization;

namespace WorkflowStudio.Engine.Model;

/// <summary>The environment of a workspace in which a workflow lives: real effects, or everything captured.</summary>
public enum StudioEnvironment
{
    /// <summary>Effects reach the outside world through connections.</summary>
    Live = 0,

    /// <summary>The paired sandbox: other data, every outside effect is captured in the outbox.</summary>
    Test = 1,
}

/// <summary>A workspace and one of its two environments: the boundary of every query.</summary>
public readonly record struct Tenant(Guid WorkspaceId, StudioEnvironment Environment);

/// <summary>
/// The forms in which an id is shown: <c>wf_</c> or <c>exe_</c> and 32 hexadecimal digits, or a plain UUID. Every path accepts every
/// form of an existing id (docs/decisions.md, "Ids").
/// </summary>
public static class ShownId
{
    /// <summary>The form of a workflow's id in the graph and sequences dialects.</summary>
    public static string Workflow(Guid id) => "wf_" + id.ToString("N", CultureInfo.InvariantCulture);

    /// <summary>The form of a run's id in the graph dialect.</summary>
    public static string Execution(Guid id) => "exe_" + id.ToString("N", CultureInfo.InvariantCulture);

    /// <summary>The form of a run's id on the studio's pages and in the sequences dialect.</summary>
    public static string Run(Guid id) => "run_" + id.ToString("N", CultureInfo.InvariantCulture);

    /// <summary>Reads any of the forms; false when the text is none of them.</summary>
    public static bool TryRead(string? text, out Guid id)
    {
        id = default;
        if (string.IsNullOrEmpty(text)) return false;
        var underscore = text.IndexOf('_', StringComparison.Ordinal);
        var digits = underscore is > 0 and <= 4 ? text.AsSpan(underscore + 1) : text.AsSpan();
        return Guid.TryParseExact(digits, "N", out id) || (underscore < 0 && Guid.TryParseExact(digits, "D", out id));
    }
}
