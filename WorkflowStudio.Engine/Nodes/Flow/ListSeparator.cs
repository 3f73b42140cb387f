namespace WorkflowStudio.Engine.Nodes.Flow;

/// <summary>What stands between items in a text.</summary>
internal static class ListSeparator
{
    /// <summary>What a setting says of it.</summary>
    public const string Hint = @"\n is a new line, \t a tab.";

    /// <summary>The separator as a setting writes it.</summary>
    public static string Read(string setting) =>
        setting.Replace(@"\n", "\n", StringComparison.Ordinal).Replace(@"\t", "\t", StringComparison.Ordinal);
}
