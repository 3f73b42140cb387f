using System.Text.Json;
using WorkflowStudio.Engine.Expressions;

namespace WorkflowStudio.Components.Editor.Document;

/// <summary>Changes the names inside expressions, when steps are pasted under new ids.</summary>
internal static class TemplateRewriting
{
    /// <summary>
    /// The settings with every reference renamed for which there is a new name. Templates that cannot be read stay as they are, and so do
    /// the settings whose text holds none.
    /// </summary>
    public static JsonElement Rename(
        JsonElement config, Func<TemplateReference, string?> newName, IReadOnlyCollection<string>? verbatim = null) =>
        JsonEdit.MapTexts(config, (place, text) => verbatim?.Contains(place) == true ? text : Rename(text, newName));

    /// <summary>The text with its references renamed.</summary>
    public static string Rename(string text, Func<TemplateReference, string?> newName)
    {
        if (!Template.Contains(text)) return text;
        foreach (var reference in Template.Parse(text).References.Where(r => r.Name is not null).OrderByDescending(r => r.Position))
        {
            if (newName(reference) is not { } name
                || text.IndexOf(reference.Name!, reference.Position, StringComparison.Ordinal) is not (>= 0 and var at)) continue;
            text = string.Concat(text.AsSpan(0, at), name, text.AsSpan(at + reference.Name!.Length));
        }
        return text;
    }
}
