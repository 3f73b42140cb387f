using System.Text;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Storage;

/// <summary>Definitions and layouts as they stand in their columns.</summary>
public static class StoredDefinitions
{
    /// <summary>The text of a definition.</summary>
    public static string Text(WorkflowDefinition definition) => Encoding.UTF8.GetString(WorkflowJson.Write(definition));

    /// <summary>The text of a layout.</summary>
    public static string Text(EditorState editor) => Encoding.UTF8.GetString(WorkflowJson.Write(editor));

    /// <summary>
    /// Reads a definition; what was stored by the app can be read, so anything else is an exception that says where it is broken.
    /// </summary>
    public static WorkflowDefinition Definition(string text) =>
        WorkflowJson.TryReadWritten(Encoding.UTF8.GetBytes(text), out WorkflowDefinition definition, out var problems)
            ? definition
            : throw Broken("definition", problems);

    /// <summary>Reads a layout, with the same rule.</summary>
    public static EditorState Editor(string text) =>
        WorkflowJson.TryRead(Encoding.UTF8.GetBytes(text), out EditorState editor, out var problems)
            ? editor
            : throw Broken("layout", problems);

    private static InvalidOperationException Broken(string what, IReadOnlyList<WorkflowProblem> problems) =>
        new($"A stored {what} cannot be read: {string.Join(" ", problems.Select(p => $"{p.Path}: {p.Message}"))}");
}
