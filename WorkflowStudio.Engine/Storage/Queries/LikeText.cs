namespace WorkflowStudio.Engine.Storage.Queries;

/// <summary>Patterns of LIKE for what people search for; <see cref="Escape"/> is to be named with them.</summary>
internal static class LikeText
{
    /// <summary>The sign before those that stand for themselves.</summary>
    public const string Escape = "\\";

    /// <summary>The pattern of everything that holds a text.</summary>
    public static string Holding(string text) => "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
