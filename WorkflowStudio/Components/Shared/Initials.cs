using System.Globalization;

namespace WorkflowStudio.Components.Shared;

/// <summary>What the first two words of a name begin with.</summary>
internal static class Initials
{
    /// <summary>The initials of a name, as they are written; empty for none.</summary>
    public static string Of(string name) => string.Concat(
        name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => StringInfo.GetNextTextElement(word)));
}
